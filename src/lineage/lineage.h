#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "copies/copies.h"
#include "core/article.h"
#include "facts/facts.h"

/// Who took it from whom, and when was it written?
///
/// From alignments and facts to dispatches: each the text of one origin however often printed, with its printings. A
/// dispatch grows by direct evidence only: an article joins where it shares its text with the fullest printing itself,
/// never because it resembles something that resembles it.
namespace depesche::lineage {

/// What an article is of a dispatch.
enum class Relation : std::uint8_t {
  copy,         ///< the whole text, in its words
  cut,          ///< a piece of the text and nothing else
  extended,     ///< the whole text and more
  rewrite,      ///< the text in partly other words
  translation,  ///< in another language
  part,         ///< some blocks of the article are the dispatch, others are not
};

std::string_view name_of(Relation relation);

struct Member {
  ArticleIndex article = 0;
  Relation relation = Relation::copy;
  std::vector<BlockIndex> blocks;    ///< the blocks of the article that are this dispatch
  double share = 1;                  ///< part of the article's body words that is this dispatch, in (0, 1]
  std::optional<ArticleIndex> from;  ///< the article it shares its text with
  bool direction_is_known = false;   ///< whether `from` came first
};

struct Origin {
  std::optional<std::string> agency;  ///< nothing: no printing says
  std::optional<std::string> place;
  std::optional<Instant> date;
  Language language;
};

struct Dispatch {
  std::string id;
  Origin origin;
  std::vector<Member> members;  ///< the reading first, then by article
  ArticleIndex reading = 0;     ///< the article with the fullest text
  std::vector<std::string> because;
};

/// When the text of an article was written, with what it rests on.
struct Written {
  std::optional<Instant> date;
  std::string basis;  ///< "dateline", "text", "metadata", "inferred"; empty without a date
  std::string because;
  struct RejectedDate {
    Instant date;
    std::string where;
    std::string why;
  };
  std::vector<RejectedDate> rejected;
};

struct Lineage {
  std::vector<Dispatch> dispatches;  ///< the most printed first, then by reading article
  std::vector<Written> written;      ///< beside the articles
};

Lineage trace(std::span<const Article> articles, std::span<const text::Text> texts,
              std::span<const copies::Alignment> shared, const facts::Facts& facts,
              const knowledge::Knowledge& knowledge);

}  // namespace depesche::lineage
