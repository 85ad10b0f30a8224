#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace depesche {

/// What kind of thing went wrong in the world outside; a caller decides by it, a person reads `message`.
enum class Fault : std::uint8_t { bad_input, unsupported, not_found, conflict, unavailable, io };

struct Error {
  Fault fault;
  std::string message;
  std::string where;  ///< the thing and the place in it: "reuters.xml:4", "data/lang/fr/boilerplate.rules:12"
};

/// A value, or why there is none. `TRY` hands an error on; `has_value`, `*`, `error` are all that is used otherwise.
template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Fault fault, std::string message, std::string where = {}) {
  return tl::make_unexpected(Error{fault, std::move(message), std::move(where)});
}

/// "where: message", or the message alone.
inline std::string describe(const Error& error) {
  return error.where.empty() ? error.message : error.where + ": " + error.message;
}

namespace detail {
template <class T>
T take(Result<T>& result) {
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}
}  // namespace detail

}  // namespace depesche

/// The value of a Result, or a return of its error from the enclosing function.
#define TRY(...)                                                                           \
  __extension__({                                                                          \
    auto depesche_result = (__VA_ARGS__);                                                  \
    if (!depesche_result.has_value()) return tl::make_unexpected(depesche_result.error()); \
    ::depesche::detail::take(depesche_result);                                             \
  })
