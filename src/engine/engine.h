#pragma once

#include <span>
#include <string>
#include <vector>

#include "copies/copies.h"
#include "facts/events.h"
#include "facts/facts.h"
#include "intake/intake.h"
#include "knowledge/knowledge.h"
#include "lineage/drift.h"
#include "lineage/lineage.h"
#include "situation/situation.h"
#include "stories/stories.h"
#include "text/text.h"

namespace depesche {

/// Everything understood of a pile. All vectors that speak of articles stand beside `pile.articles`.
struct Picture {
  intake::Pile pile;
  std::vector<text::Text> texts;
  std::vector<copies::Alignment> alignments;
  facts::Facts facts;
  lineage::Lineage lineage;
  std::vector<std::optional<Instant>> made;  ///< when, as each article or its dispatch says; the reference of its times
  std::vector<std::vector<facts::Timex>> times;
  std::vector<std::vector<facts::Event>> events;
  std::vector<lineage::Drift> drift;
  std::vector<stories::Story> stories;
  situation::Situation situation;
};

class Engine {
 public:
  Engine(const knowledge::Knowledge& knowledge, intake::Options options, lineage::Decisions decisions = {})
      : knowledge_(knowledge), options_(std::move(options)), decisions_(std::move(decisions)) {}

  /// Files, folders and "-" in, their picture out.
  Picture take_in(std::span<const std::string> paths) const;

  /// Pile, texts and facts alone: who and where, and who said what, but neither when nor what happened.
  Picture read_undated_facts(std::span<const std::string> paths) const;

  /// What the articles say, each for itself: no lineage, no stories, no situation. `reference` is the creation time of articles that do not
  /// say theirs.
  Picture read_facts(std::span<const std::string> paths, const std::optional<Instant>& reference) const;

  /// The picture of articles that were read already.
  Picture understand(intake::Pile pile) const;

 private:
  const knowledge::Knowledge& knowledge_;
  intake::Options options_;
  lineage::Decisions decisions_;
};

}  // namespace depesche
