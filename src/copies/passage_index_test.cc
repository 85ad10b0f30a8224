#include "copies/passage_index.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <map>
#include <set>

namespace depesche::copies {
namespace {

Body body_of_words(const std::vector<std::uint32_t>& words) {
  Body body;
  body.forms = words;
  body.passages = {{0, 0, body.size(), 0, 0}};
  return body;
}

std::set<Key> keys_of(const std::vector<std::uint32_t>& words) {
  std::set<Key> keys;
  for (const auto& at : surface_keys(body_of_words(words))) keys.insert(at.key);
  return keys;
}

RC_GTEST_PROP(SurfaceKeys, meet_wherever_two_share_eight_words_in_a_row, ()) {
  const auto word = rc::gen::inRange<std::uint32_t>(1, 1000);
  const auto words = [&](std::size_t n) { return *rc::gen::container<std::vector<std::uint32_t>>(n, word); };
  const auto shared = words(guaranteed_run_words);
  const auto around = [&] {
    auto out = words(*rc::gen::inRange<std::size_t>(0, 30));
    out.insert(out.end(), shared.begin(), shared.end());
    const auto rest = words(*rc::gen::inRange<std::size_t>(0, 30));
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
  };
  const auto x = keys_of(around());
  const auto y = keys_of(around());
  RC_ASSERT(std::any_of(x.begin(), x.end(), [&](Key key) { return y.contains(key); }));
}

TEST(SurfaceKeys, are_few) {
  std::vector<std::uint32_t> words(3000);
  for (std::uint32_t i = 0; i < words.size(); ++i) words[i] = i * 2654435761u;
  const auto keys = keys_of(words);
  EXPECT_GT(keys.size(), 900u);
  EXPECT_LT(keys.size(), 1100u);
  EXPECT_TRUE(keys_of({1, 2, 3, 4, 5, 6, 7}).empty());
}

RC_GTEST_PROP(PassageIndex, holds_what_a_map_would, ()) {
  const auto added = *rc::gen::container<std::vector<std::pair<std::uint8_t, std::uint16_t>>>(
      rc::gen::pair(rc::gen::inRange<std::uint8_t>(0, 20), rc::gen::arbitrary<std::uint16_t>()));
  PassageIndex index;
  std::map<Key, std::vector<Place>> oracle;
  for (const auto& [k, article] : added) {
    const auto key = Key::of(KeyKind::surface, std::uint64_t{k} << 8);
    index.add(key, {article, k});
    auto& places = oracle[key];
    if (places.size() < places_max) places.push_back({article, k});
  }
  RC_ASSERT(index.key_count() == oracle.size());
  for (auto& [key, places] : oracle) {
    std::reverse(places.begin(), places.end());
    RC_ASSERT(index.places_of(key) == places);
    RC_ASSERT(index.count(key) == places.size());
  }
  RC_ASSERT(index.count(Key::of(KeyKind::language_neutral, 1)) == 0u);
}

TEST(PassageIndex, never_takes_a_language_neutralfor_a_word) {
  PassageIndex index;
  index.add(Key::of(KeyKind::surface, 42), {1, 0});
  EXPECT_EQ(index.count(Key::of(KeyKind::surface, 42)), 1u);
  EXPECT_EQ(index.count(Key::of(KeyKind::language_neutral, 42)), 0u);
}

TEST(PassageIndex, nominates_by_votes_and_leaves_out_what_is_everywhere) {
  PassageIndex index;
  std::vector<KeyAt> asked;
  for (std::uint64_t k = 0; k < 4; ++k) asked.push_back({Key::of(KeyKind::surface, k << 1), 0});
  for (std::uint32_t i = 0; i < 3; ++i) {
    for (std::uint32_t k = 0; k <= i; ++k) index.add(asked[k].key, {i, 0});
  }
  for (std::uint32_t i = 0; i < 2 * places_max; ++i) index.add(asked[3].key, {7, i});
  const auto found = index.nominate(asked, 2, 8);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].article, 2u);
  EXPECT_EQ(found[0].votes, 3u);
  EXPECT_EQ(found[1].article, 1u);
  EXPECT_EQ(index.nominate(asked, 1, 1).size(), 1u);
}

class SavedIndex : public testing::Test {
 protected:
  void SetUp() override {
    for (std::uint64_t k = 0; k < 5000; ++k)
      index_.add(Key::of(KeyKind::surface, k * 77777), {static_cast<std::uint32_t>(k % 99), 1});
    ASSERT_TRUE(index_.save(file_).has_value());
  }
  void TearDown() override { std::filesystem::remove(file_); }

  PassageIndex index_;
  const std::filesystem::path file_ =
      std::filesystem::temp_directory_path() / ("depesche-index-" + std::to_string(::getpid()));
};

TEST_F(SavedIndex, answers_as_before) {
  const auto loaded = PassageIndex::load(file_);
  ASSERT_TRUE(loaded.has_value()) << describe(loaded.error());
  EXPECT_EQ(loaded->key_count(), index_.key_count());
  for (std::uint64_t k = 0; k < 5000; ++k) {
    const auto key = Key::of(KeyKind::surface, k * 77777);
    EXPECT_EQ(loaded->places_of(key), index_.places_of(key));
  }
}

TEST_F(SavedIndex, is_refused_where_a_byte_was_changed_or_the_end_is_missing) {
  {
    std::fstream file(file_, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(5000);
    file.put('\x55');
  }
  EXPECT_EQ(PassageIndex::load(file_).error().fault, Fault::bad_input);
  ASSERT_TRUE(index_.save(file_).has_value());
  std::filesystem::resize_file(file_, std::filesystem::file_size(file_) - 1);
  EXPECT_EQ(PassageIndex::load(file_).error().fault, Fault::bad_input);
  std::ofstream(file_) << "no index at all, but long enough for a header of its own kind";
  EXPECT_EQ(PassageIndex::load(file_).error().fault, Fault::bad_input);
  EXPECT_EQ(PassageIndex::load("/no/such/index").error().fault, Fault::not_found);
}

}  // namespace
}  // namespace depesche::copies
