# depesche_room(NAME SOURCES a.cc … LINKS room… TESTS a_test.cc …)
#
# One folder of src/ as a static library. LINKS names the rooms that stand before it and the libraries it uses; a call to
# a room that is not named does not link, neither in the program nor in the room's own tests.
function(depesche_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;TESTS" ${ARGN})
  add_library(depesche_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(depesche_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(depesche_${name} PUBLIC ${ROOM_LINKS})
  if(BUILD_TESTING AND ROOM_TESTS)
    depesche_test(${name}_test SOURCES ${ROOM_TESTS} LINKS depesche_${name} LABELS quick)
  endif()
endfunction()

# depesche_test(NAME SOURCES … LINKS … LABELS …): a GoogleTest binary; RapidCheck is there for properties. Under ctest it
# always tries the same cases; run the binary itself to have it look for new ones.
function(depesche_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LINKS;LABELS" ${ARGN})
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  add_executable(${name} ${TEST_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${TEST_LINKS} rapidcheck GTest::gtest GTest::gmock GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABELS}" FIXTURES_REQUIRED knowledge
    ENVIRONMENT "DEPESCHE_DATA=${PROJECT_SOURCE_DIR}/data;XDG_CACHE_HOME=${PROJECT_BINARY_DIR}/cache;RC_PARAMS=seed=1")
endfunction()
