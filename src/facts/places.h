#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "facts/facts.h"
#include "facts/gazetteer.h"
#include "facts/lexicon.h"
#include "facts/place_words.h"

namespace depesche::facts {

/// A name of a place in one article, not yet a place of the pile.
struct FoundPlace {
  BlockIndex block = 0;
  Span span;
  std::vector<PlaceId> meant = {};      ///< the likeliest first; empty for a place that the gazetteer lacks
  bool is_told = true;                  ///< whether the text tells the first from the others
  PlaceKind kind = PlaceKind::unknown;  ///< of a place that the gazetteer lacks, after the word that introduces it
  std::optional<PlaceId> inside = {};   ///< of such a place, where the text names it: "Chiefland, Fla."
  PlaceUse use = PlaceUse::location;
};

/// Finds the places that articles name, and tells which of those with one name is meant. Made once for a pile; may be used
/// by several threads.
///
/// After Lieberman & Samet, “Adaptive context features for toponym resolution in streaming news” (SIGIR 2012): population,
/// containment and nearness to the other places of an article.
class PlaceFinder {
 public:
  PlaceFinder(const knowledge::Knowledge& knowledge, std::span<const text::Text> texts,
              const std::map<Language, Lexicon>& lexicons);

  /// In the order of the text.
  std::vector<FoundPlace> find(const Article& article, const text::Text& text,
                               const std::optional<Dateline>& dateline) const;

  const Gazetteer& gazetteer() const { return gazetteer_; }

 private:
  const knowledge::Knowledge& knowledge_;
  const std::map<Language, Lexicon>& lexicons_;
  const Gazetteer gazetteer_;
  std::map<Language, PlaceWords> words_;
};

/// One place for all mentions of it in the pile, sorted by name; puts the mentions into `facts`.
std::vector<Place> link_places(std::span<const Article> articles, std::span<const text::Text> texts,
                               const Gazetteer& gazetteer, std::span<const std::vector<FoundPlace>> found,
                               std::span<ArticleFacts> facts);

}  // namespace depesche::facts
