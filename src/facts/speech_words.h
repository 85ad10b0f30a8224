#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "facts/actor_words.h"
#include "facts/facts.h"
#include "facts/lexicon.h"
#include "facts/units.h"

namespace depesche::facts {

/// What a word, or the phrase that begins with it, may be where somebody speaks (speech, words and offices of its pack).
enum SpeechFlag : std::uint64_t {
  is_article = 1ull << 0,
  is_preposition = 1ull << 1,        ///< ends a noun phrase
  is_inner_preposition = 1ull << 2,  ///< goes on with it: "of"
  is_conjunction = 1ull << 3,
  is_coordination = 1ull << 4,  ///< "and", "but"
  is_negation = 1ull << 5,
  is_that = 1ull << 6,
  is_whether = 1ull << 7,     ///< opens a question
  is_auxiliary = 1ull << 8,   ///< stands with the verb: "has", "hat"
  is_passive = 1ull << 9,     ///< with a participle makes the speaker the one spoken of: "was"
  is_modal = 1ull << 10,      ///< with an infinitive says that nothing was said yet: "could"
  is_adverb = 1ull << 11,     ///< may stand between speaker and verb: "also"
  is_clitic = 1ull << 12,     ///< a pronoun beside the verb that is not its subject: "lui", "sich"
  is_relative = 1ull << 13,   ///< "who", "qui"
  is_pronoun = 1ull << 14,    ///< of a subject
  is_masculine = 1ull << 15,  ///< of pronouns, articles, offices and titles; of what may be two, both
  is_feminine = 1ull << 16,
  is_neuter = 1ull << 17,
  is_plural = 1ull << 18,
  is_verb = 1ull << 19,               ///< of speech
  is_verb_of_quotation = 1ull << 20,  ///< of speech beside a quotation or before "that" only
  is_before_speaker = 1ull << 21,     ///< "according to"
  is_behind_speaker = 1ull << 22,     ///< "zufolge"
  is_tail = 1ull << 23,               ///< "according to" behind a comma or quotation only: "so"
  has_addressee = 1ull << 24,         ///< "told": behind the verb stands who is spoken to
  takes_object = 1ull << 25,          ///< what is said may be a noun: "called for an inquiry"
  takes_infinitive = 1ull << 26,      ///< what is said may be an infinitive: "promised to come"
  is_infinitive_mark = 1ull << 27,    ///< "to", "de", "zu"
  is_person = 1ull << 28,             ///< an office or trade
  is_body = 1ull << 29,
  is_honorific = 1ull << 30,
  is_to_addressee = 1ull << 31,   ///< "to", "gegenüber"
  is_by = 1ull << 32,             ///< before who does it in the passive
  is_occasion = 1ull << 33,       ///< "briefing", "communiqué"
  is_calendar = 1ull << 34,       ///< a weekday, month or word for a day: "Monday", "hier"
  is_citing = 1ull << 35,         ///< before the one whose words are passed on: "citing", "unter Berufung auf"
  is_reported_form = 1ull << 36,  ///< a form of the verb by which a sentence is somebody else's: "sei", "aurait"
  is_oblique = 1ull << 37,        ///< an article or pronoun that never begins a subject: "den", "dem"
  is_not_in_names = 1ull << 38,
  is_second_mouth = 1ull << 39,      ///< before the one who passes it on: "quoted by"
  is_subordinate_form = 1ull << 40,  ///< opens a clause that only attributes: "as", "wie", "comme"
  is_participle = 1ull << 41,        ///< a form that borrows the subject of the main clause: "adding", "affirmant"
  is_parted = 1ull << 43,            ///< needs a second word later in the clause
  is_bare_infinitive = 1ull << 44,   ///< "avoir" of "affirment avoir capturé"
  is_before_source = 1ull << 45,     ///< attributes where a noun of what is said follows: "nach Angaben"
  is_source = 1ull << 46,            ///< such a noun: "Angaben", "Bericht"
  is_dative = 1ull << 48,            ///< begins or is who is spoken to: "dem", "журналистам"
  is_document = 1ull << 49,          ///< says what whoever issued it says: "communiqué"
  is_idiom = 1ull << 50,             ///< as what a verb takes it shows that nothing is said: "forderte Todesopfer"
  is_noun = 1ull << 51,              ///< looks like an adverb and is none: "family"
  is_impersonal = 1ull << 52,        ///< the speaker stands behind a preposition: "in der Mitteilung heißt es"
  is_possessive = 1ull << 53,        ///< "ihrer" of "ihrer Meinung nach"
  is_measure = 1ull << 54,           ///< "according to" that may be "depending on": a thing behind it says nothing
  is_witness = 1ull << 55,           ///< speaks for himself, whosever he is: "experts"
  is_what_was_said = 1ull << 47,     ///< "demnach": as the one says who spoke last
};

/// A phrase that begins at a token, and what it is.
struct SpeechWord {
  std::uint64_t flags = 0;   ///< of the token alone
  std::uint64_t phrase = 0;  ///< of the longest phrase that begins here, or of the token
  std::uint8_t size = 1;     ///< of that phrase in tokens
  SpeechAct act = SpeechAct::claims;

  bool is(std::uint64_t any_of) const { return (flags & any_of) != 0; }
  bool begins(std::uint64_t any_of) const { return (phrase & any_of) != 0; }
};

/// The words of one language by which statements are found.
class SpeechWords {
 public:
  SpeechWords(const knowledge::Pack& pack, const ActorWords& names);

  /// What each token of a unit may be.
  std::vector<SpeechWord> classify(const Article& article, const Unit& unit) const;

  /// A verb in two parts: "gab … bekannt".
  struct PartedVerb {
    Key end = 0;
    std::uint64_t flags = 0;
    SpeechAct act = SpeechAct::claims;
  };
  /// The verb that `begin` opens and `end` ends; null where they are none.
  const PartedVerb* parted(Key begin, Key end) const;

  bool nouns_have_capitals = false;
  bool modifiers_follow = false;
  bool may_lack_that = false;          ///< "He says it is so"
  bool subject_may_be_absent = false;  ///< "Afirmó que"
  bool has_reported_forms = false;
  bool has_articles = false;
  std::vector<std::string> infinitive_endings;  ///< folded: "er" of "espérer"
  std::vector<std::string> adverb_endings;      ///< "ly"
  std::vector<std::string> source_endings;      ///< of compounds: "angaben" of "Polizeiangaben"
  bool has_gendered_nouns = false;              ///< "elle" may be an agency

 private:
  struct Phrase {
    std::vector<Key> keys;
    std::uint64_t flags = 0;
    SpeechAct act = SpeechAct::claims;
  };
  struct Entry {
    std::uint64_t flags = 0;
    SpeechAct act = SpeechAct::claims;
    bool has_plain = false, has_marked = false;  ///< forms in the pack without and with an umlaut
    std::vector<Phrase> phrases;                 ///< of several tokens, the longest first
  };
  struct Same {
    std::size_t operator()(Key key) const { return key; }
  };

  void add(const knowledge::Pack& pack, std::string_view section, std::string_view rule, std::uint64_t flags,
           const SpeechAct* act = nullptr);

  const ActorWords& names_;
  std::unordered_map<Key, Entry, Same> entries_;
  std::unordered_set<std::string> reported_forms_;  ///< as printed: folded, "würden" is "wurden"
  std::unordered_map<Key, std::vector<PartedVerb>, Same> parted_;
};

}  // namespace depesche::facts
