#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/language.h"
#include "core/span.h"

namespace depesche {

/// Position of an article in the batch at hand; batches are sorted by article id.
using ArticleIndex = std::uint32_t;
/// Position of a block in its article.
using BlockIndex = std::uint32_t;

/// What a line or element of a printed article is. `repeat` and `boilerplate` are set aside, never dropped.
enum class Role : std::uint8_t {
  title,
  subtitle,
  subheading,
  byline,
  dateline,
  body,
  caption,
  repeat,
  boilerplate,
};

std::string_view name_of(Role role);

/// One line of a text, or one element of a page.
struct Block {
  std::uint32_t line = 0;  ///< 1-based line or element order in the source
  Role role = Role::body;
  Span span;                ///< into Article::text; never empty, never overlapping another block
  std::string because;      ///< why it was set aside or took a role other than body; empty for body
  std::optional<Span> cut;  ///< a prefix or suffix of `span` that is not part of the text, such as a crawler's stamp

  /// What is left of the block without its cut.
  Span content() const {
    if (!cut) return span;
    return cut->begin == span.begin ? Span{cut->end, span.end} : Span{span.begin, cut->begin};
  }
  bool is_read() const { return role != Role::repeat && role != Role::boilerplate; }
};

/// Something found damaged while reading. Told here, never applied to the text.
struct Repair {
  BlockIndex block = 0;
  Span span;
  std::string what;
};

/// A date that the source itself gives for the article, with the place where it was read.
struct GivenDate {
  Instant date;
  std::string where;  ///< "field date", "crawler's stamp, line 1", "meta article:published_time"
};

/// One printed text. `text` is the input decoded to UTF-8 and otherwise as it was read; all offsets point into it.
struct Article {
  std::string id;
  std::string source;  ///< path or address, as a person would name it; "-" for standard input
  std::string url;
  std::string title;  ///< empty where none is printed
  std::string outlet;
  std::vector<std::string> authors;
  Language declared_language;  ///< what the source says of itself; `und` where it says nothing
  std::vector<GivenDate> given_dates;
  std::optional<Instant> crawled;  ///< when a crawler fetched it; says nothing of when it was published
  std::string text;
  std::vector<Block> blocks;
  std::vector<Repair> repairs;

  std::string_view words_at(Span span) const { return depesche::words_at(text, span); }
  /// The finest date the source gives, the first of equals; null where it gives none.
  const GivenDate* finest_given_date() const;
};

/// A passage that a fact rests on.
struct Evidence {
  ArticleIndex article = 0;
  BlockIndex block = 0;
  Span span;  ///< into the article's text, inside the block

  auto operator<=>(const Evidence&) const = default;
};

}  // namespace depesche
