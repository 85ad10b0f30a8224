#include "facts/speech_words.h"

#include <algorithm>
#include <array>

namespace depesche::facts {
namespace {

struct Rule {
  std::string_view section, name;
  std::uint64_t flags;
};

constexpr std::array rules = {
    Rule{"words", "articles", is_article},
    Rule{"words", "prepositions", is_preposition},
    Rule{"words", "inner_prepositions", is_inner_preposition},
    Rule{"words", "conjunctions", is_conjunction},
    Rule{"words", "negations", is_negation},
    Rule{"words", "not_in_names", is_not_in_names},
    Rule{"speech", "coordinations", is_coordination | is_conjunction},
    Rule{"speech", "that", is_that},
    Rule{"speech", "whether", is_whether},
    Rule{"speech", "auxiliaries", is_auxiliary},
    Rule{"speech", "passives", is_auxiliary | is_passive},
    Rule{"speech", "modals", is_modal},
    Rule{"speech", "adverbs", is_adverb},
    Rule{"speech", "clitics", is_clitic},
    Rule{"speech", "relatives", is_relative},
    Rule{"speech", "pronouns", is_pronoun},
    Rule{"speech", "masculine", is_masculine},
    Rule{"speech", "feminine", is_feminine},
    Rule{"speech", "neuter", is_neuter},
    Rule{"speech", "plural", is_plural},
    Rule{"speech", "verbs", is_verb},
    Rule{"speech", "verbs_beside_quotation", is_verb_of_quotation},
    Rule{"speech", "verbs_with_addressee", has_addressee},
    Rule{"speech", "verbs_with_object", takes_object},
    Rule{"speech", "verbs_with_infinitive", takes_infinitive},
    Rule{"speech", "participles", is_participle},
    Rule{"speech", "infinitive_marks", is_infinitive_mark},
    Rule{"speech", "infinitives", is_bare_infinitive},
    Rule{"speech", "before_sources", is_before_source},
    Rule{"speech", "sources", is_source},
    Rule{"speech", "witnesses", is_witness},
    Rule{"speech", "as_was_said", is_before_speaker | is_what_was_said},
    Rule{"speech", "according_to", is_before_speaker},
    Rule{"speech", "according_to_him", is_before_speaker | is_pronoun | is_masculine},
    Rule{"speech", "according_to_her", is_before_speaker | is_pronoun | is_feminine},
    Rule{"speech", "according_to_them", is_before_speaker | is_pronoun | is_plural},
    Rule{"speech", "according_to_after", is_behind_speaker},
    Rule{"speech", "according_to_tail", is_tail},
    Rule{"speech", "to_addressee", is_to_addressee},
    Rule{"speech", "by", is_by},
    Rule{"speech", "occasions", is_occasion},
    Rule{"speech", "days", is_calendar},
    Rule{"speech", "citing", is_citing},
    Rule{"speech", "cited_by", is_second_mouth},
    Rule{"speech", "reported_forms", is_reported_form},
    Rule{"speech", "oblique", is_oblique},
    Rule{"speech", "dative", is_oblique | is_dative},
    Rule{"speech", "documents", is_document},
    Rule{"speech", "measures", is_measure},
    Rule{"speech", "possessives", is_possessive},
    Rule{"speech", "impersonal", is_verb | is_impersonal},
    Rule{"speech", "idioms", is_idiom},
    Rule{"speech", "no_adverbs", is_noun},
    Rule{"speech", "as", is_subordinate_form},
    Rule{"offices", "person", is_person},
    Rule{"offices", "body", is_body},
    Rule{"offices", "honorific", is_honorific},
};

/// Rules of verbs by what is done with them. Whoever demands, blames or praises names what.
struct ActRule {
  std::string_view name;
  SpeechAct act;
  std::uint64_t flags;
};

constexpr std::array act_rules = {
    ActRule{"verbs_of_denial", SpeechAct::denies, takes_object},
    ActRule{"questions", SpeechAct::asks, 0},
    ActRule{"demands", SpeechAct::demands, takes_object | takes_infinitive},
    ActRule{"promises", SpeechAct::promises, takes_object | takes_infinitive},
    ActRule{"threats", SpeechAct::threatens, takes_object | takes_infinitive},
    ActRule{"blames", SpeechAct::blames, takes_object},
    ActRule{"praises", SpeechAct::praises, takes_object},
    ActRule{"fears", SpeechAct::fears, takes_object},
    ActRule{"hopes", SpeechAct::hopes, takes_object | takes_infinitive},
    ActRule{"beliefs", SpeechAct::believes, 0},
};

/// Whether one of its letters has an umlaut.
bool is_marked(std::string_view word) {
  for (const std::string_view letter : {"ä", "ö", "ü", "Ä", "Ö", "Ü"}) {
    if (word.find(letter) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

SpeechWords::SpeechWords(const knowledge::Pack& pack, const ActorWords& names) : names_(names) {
  for (const Rule& rule : rules) add(pack, rule.section, rule.name, rule.flags);
  for (const ActRule& rule : act_rules) add(pack, "speech", rule.name, is_verb | rule.flags, &rule.act);
  // What stands in a list of acts and in that of verbs beside quotations is a verb of quotation still.
  add(pack, "speech", "verbs_parted", is_verb | is_parted);
  // What the other rules say of a parted verb holds of it where other words stand between.
  for (auto& [begin, verbs] : parted_) {
    for (const Phrase& phrase : entries_[begin].phrases) {
      for (PartedVerb& verb : verbs) {
        if (phrase.keys.size() != 2 || phrase.keys[1] != verb.end) continue;
        verb.flags |= phrase.flags;
        verb.act = phrase.act;
      }
    }
  }
  for (auto& [key, entry] : entries_) {
    // "that" opens a clause far oftener than a noun phrase.
    if ((entry.flags & is_that) != 0) entry.flags &= ~std::uint64_t{is_article};
    std::stable_sort(entry.phrases.begin(), entry.phrases.end(),
                     [](const Phrase& x, const Phrase& y) { return x.keys.size() > y.keys.size(); });
  }
  for (const auto& rule : pack.section("words")) {
    nouns_have_capitals |= rule.name == "nouns_have_capitals";
    modifiers_follow |= rule.name == "modifiers_follow";
    has_articles |= rule.name == "articles";
    may_lack_that |= rule.name == "complementiser_may_be_absent";
  }
  for (const auto& rule : pack.section("speech")) {
    subject_may_be_absent |= rule.name == "subject_may_be_absent";
    has_reported_forms |= rule.name == "reported_forms";
    if (rule.name == "reported_forms") {
      for (auto& form : rule.words("words")) reported_forms_.insert(std::move(form));
    }
    if (rule.name == "adverb_endings") adverb_endings = rule.words("words");
    if (rule.name == "source_endings") source_endings = rule.words("words");
    if (rule.name == "infinitive_endings") infinitive_endings = rule.words("words");
    has_gendered_nouns |= rule.name == "gendered_nouns";
  }
}

void SpeechWords::add(const knowledge::Pack& pack, std::string_view section, std::string_view name, std::uint64_t flags,
                      const SpeechAct* act) {
  for (const auto& rule : pack.section(section)) {
    if (rule.name != name) continue;
    for (const auto& words : rule.words("words")) {
      const auto keys = keys_of_phrase(words);
      if (keys.empty()) continue;
      Entry& entry = entries_[keys[0]];
      if (keys.size() == 1) {
        (is_marked(words) ? entry.has_marked : entry.has_plain) = true;
        entry.flags |= flags;
        if (act != nullptr) entry.act = *act;
        continue;
      }
      if ((flags & is_parted) != 0 && keys.size() == 2)
        parted_[keys[0]].push_back({keys[1], flags & ~std::uint64_t{is_parted}});
      // Verb and particle are one phrase where they touch.
      const auto same = std::find_if(entry.phrases.begin(), entry.phrases.end(),
                                     [&](const Phrase& other) { return other.keys == keys; });
      Phrase& phrase =
          same == entry.phrases.end() ? entry.phrases.emplace_back(Phrase{keys, 0, SpeechAct::claims}) : *same;
      phrase.flags |= flags & ~std::uint64_t{is_parted};
      if (act != nullptr) phrase.act = *act;
    }
  }
}

const SpeechWords::PartedVerb* SpeechWords::parted(Key begin, Key end) const {
  const auto found = parted_.find(begin);
  if (found == parted_.end()) return nullptr;
  const auto verb =
      std::find_if(found->second.begin(), found->second.end(), [&](const PartedVerb& v) { return v.end == end; });
  return verb == found->second.end() ? nullptr : &*verb;
}

std::vector<SpeechWord> SpeechWords::classify(const Article& article, const Unit& unit) const {
  std::vector<SpeechWord> words(unit.tokens.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    SpeechWord& word = words[i];
    const text::Token& token = unit.tokens[i];
    const auto found = entries_.find(unit.keys[i]);
    // "fördern" is not "fordern", though both fold to that.
    const bool is_other =
        found != entries_.end() && nouns_have_capitals && found->second.phrases.empty() &&
        !parted_.contains(unit.keys[i]) &&
        !(is_marked(article.words_at(token.span)) ? found->second.has_marked : found->second.has_plain);
    if (found != entries_.end() && !is_other) {
      word.flags = word.phrase = found->second.flags;
      word.act = found->second.act;
      for (const Phrase& phrase : found->second.phrases) {
        if (i + phrase.keys.size() > unit.keys.size()) continue;
        if (!std::equal(phrase.keys.begin(), phrase.keys.end(), unit.keys.begin() + static_cast<std::ptrdiff_t>(i)))
          continue;
        word.phrase = phrase.flags;
        word.size = static_cast<std::uint8_t>(phrase.keys.size());
        word.act = phrase.act;
        break;
      }
      if (parted_.contains(unit.keys[i])) word.flags |= is_parted;
      const bool is_form = (word.flags & is_reported_form) != 0;
      if (is_form && !reported_forms_.contains(std::string(article.words_at(token.span)))) {
        word.flags &= ~std::uint64_t{is_reported_form};
        word.phrase &= ~std::uint64_t{is_reported_form};
      }
    }
    if (!adverb_endings.empty() && word.flags == 0 && !token.is_capitalised && token.kind == text::TokenKind::word) {
      const auto letters = article.words_at(token.span);
      for (const auto& ending : adverb_endings) {
        if (letters.size() > ending.size() + 2 && letters.ends_with(ending)) word.flags = word.phrase = is_adverb;
      }
    }
    // "Polizeisprecherin": the last part of a compound is its head.
    if (!nouns_have_capitals || !token.is_capitalised || word.flags != 0) continue;
    const WordClass& name = names_.class_of(token, article.words_at(token.span));
    if (name.is(WordClass::compound_office)) word.flags |= is_person;
    if (name.compound_body != WordClass::none) word.flags |= is_body;
    if (word.size == 1) word.phrase |= word.flags;
  }
  return words;
}

}  // namespace depesche::facts
