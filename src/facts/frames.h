#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "facts/parties.h"

namespace depesche::facts {

/// Words that attribute: a verb of speech, or "according to".
struct Cue {
  enum Kind : std::uint8_t { verb, before_speaker, behind_speaker, colon } kind = verb;
  Range words;
  Range group;                           ///< with auxiliaries, adverbs and pronouns around it
  std::optional<std::size_t> particle;   ///< "bekannt" of "gab … bekannt"
  std::optional<std::size_t> auxiliary;  ///< "hat" of "hat … gesagt", where other words stand between
  std::uint64_t flags = 0;               ///< of SpeechFlag
  SpeechAct act = SpeechAct::claims;
  bool is_negated = false;
  bool is_passive = false;
  bool is_unsaid = false;  ///< behind a modal or "to": nothing was said yet
};

/// What a cue opens.
enum class Opening : std::uint8_t { none, clause, question, infinitive, object, quotation };

/// A cue with those around it.
struct Frame {
  Cue cue;
  std::optional<Party> speaker;
  bool borrows_speaker = false;  ///< "… and added that": the speaker of the verb before it
  std::optional<Party> addressee;
  std::optional<Party> cited;  ///< whose words are passed on: "citing the embassy"
  std::optional<Party> relay;  ///< who passes them on: "quoted by Sana"
  Range occasion, time, place;
  Opening opens = Opening::none;
  std::size_t content_from = 0;  ///< where that begins
  std::size_t clause_begin = 0;  ///< the first token of the clause that attributes
  std::size_t end = 0;           ///< behind its last token that is no content
  bool is_inserted = false;      ///< a clause that only attributes, behind or inside what is said: "…, said X"
  bool is_relative = false;      ///< of a relative clause: "a decision that confirms …"
  bool leads_in = false;         ///< such a clause before it: "As X said, …", "According to X, …"
};

/// The frames of a unit, in its order. Those whose verb is negated are among them.
std::vector<Frame> find_frames(const Phrases& phrases);

}  // namespace depesche::facts
