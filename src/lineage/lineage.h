#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
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
  sibling,      ///< sentence by sentence in other words: two translations of one text, or one of them told anew
};

std::string_view name_of(Relation relation);

/// What is to be known of an article beside its words to tell whose they are.
struct Printing {
  std::string id;
  Language language;
  std::optional<std::string> dateline_agency;  ///< canonical name
  std::optional<std::string> dateline_place;   ///< English where known, else as printed
  std::vector<std::string> credits;            ///< canonical names, in the order of the text
  std::optional<Instant> dateline_day;         ///< where it names the year
  std::optional<Instant> given_day;            ///< by the source
};

Printing printing_of(const Article& article, const text::Text& text, const facts::ArticleFacts& facts,
                     const knowledge::Knowledge& knowledge);

/// What a person decided about pairs of articles, by their ids, the lesser id first. Ids that the pile does not hold decide
/// nothing. Each pair has a sentence that says when and why it was decided: "b was split from a by decision of 2026-11-21".
///
/// Decisions beat whatever the texts say. Where a pair stands in both, it is apart.
struct Decisions {
  using Pairs = std::map<std::pair<std::string, std::string>, std::string>;
  Pairs apart;     ///< never printings of one dispatch
  Pairs together;  ///< printings of one dispatch, and with them the families that the texts put them in

  bool empty() const { return apart.empty() && together.empty(); }
};

/// Which of two printings came first.
enum class Direction : std::uint8_t { unknown, from_first, member_first };

struct Member {
  ArticleIndex article = 0;
  Relation relation = Relation::copy;
  std::vector<BlockIndex> blocks;  ///< the blocks of the article that are this dispatch
  double share =
      1;  ///< part of the article's body words that is this dispatch, in [0, 1]; 0 where all of it is others'
  std::optional<ArticleIndex> from;  ///< the article it shares its text with
  double shared = 1;                 ///< part of the words of the shorter of the two that stand in the other, in (0, 1]
  Direction direction = Direction::unknown;
  /// Which state of the text it prints, where several were sent out: 1 is the base's, 0 none that another printing shares.
  std::uint32_t version = 0;
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
  std::vector<std::string>
      decided;  ///< what of `because` a person decided: sentences of Decisions that made a difference
};

/// When the text of an article was written, with what it rests on.
struct Written {
  std::optional<Instant> date;
  /// The first and the last day that the pile leaves for it, where it leaves several; `date` is then the likeliest of them, or none.
  std::optional<Instant> earliest;
  std::optional<Instant> latest;
  std::string basis;  ///< "dateline", "text", "metadata", "inferred"; empty without a date
  std::string because;
  struct RejectedDate {
    Instant date;
    std::string where;
    std::string why;
  };
  std::vector<RejectedDate> rejected;
};

/// Paragraphs that stand behind the news in both articles: an agency's background, reused for weeks. It ties nothing.
struct Background {
  ArticleIndex a = 0;
  ArticleIndex b = 0;
  double share_of_a = 0;  ///< part of each one's body words, in (0, 1]
  double share_of_b = 0;

  auto operator<=>(const Background&) const = default;
};

/// Two translations of one dispatch, neither made from the other.
struct Siblings {
  ArticleIndex a = 0;
  ArticleIndex b = 0;
  std::size_t dispatch = 0;  ///< into Families::dispatches
  double shared = 0;         ///< the part that the lesser of the two translates, in (0, 1]

  auto operator<=>(const Siblings&) const = default;
};

/// Who prints what.
struct Families {
  std::vector<Dispatch> dispatches;     ///< the most printed first, then by reading article
  std::vector<Background> backgrounds;  ///< sorted
  std::vector<Siblings> siblings;       ///< by dispatch, then by article
};

/// From what articles share to families. `shared` as copies::match gives it; pairs that it leaves out are aligned where
/// they are needed.
Families find_families(std::span<const Printing> printings, std::span<const copies::Body> bodies,
                       std::span<const copies::Alignment> shared, const Decisions& decisions = {});

/// For each of `articles` articles the dispatch that most of it is, of equals its own: an index into `dispatches`.
std::vector<std::size_t> main_dispatches(const Families& families, std::size_t articles);

struct Lineage {
  std::vector<Dispatch> dispatches;  ///< as in Families
  std::vector<Background> backgrounds;
  std::vector<Written> written;  ///< beside the articles
};

Lineage trace(std::span<const Article> articles, std::span<const text::Text> texts,
              std::span<const copies::Body> bodies, std::span<const copies::Alignment> shared,
              const facts::Facts& facts, const knowledge::Knowledge& knowledge, const Decisions& decisions = {});

}  // namespace depesche::lineage
