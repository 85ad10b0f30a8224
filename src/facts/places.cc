// A name of the gazetteer is a place where print says so. Most names of towns are names of people, too, and many are words:
//
//   a fire in Clinton, Iowa         the comma and the state say it
//   Bill Clinton · Clinton said     a longer name, and what is left of it later
//   Nice weather in Reading         the first word of a sentence says nothing; the preposition does
//
// So each name gathers points: for what it is (a country needs no help, a town of 5,000 does), for what stands before and
// behind it, for the company it is in. A name that is a place once in an article is one wherever nothing speaks against it.
//
// "Selon Moscou", "Damascus denies": a seat of government that speaks or acts is the government, and no place to be drawn. "Le
// processus d'Astana" is none either, but the name of a thing.
//
// A capitalised name behind "the village of" is a place whether or not the gazetteer has it.
#include "facts/places.h"

#include <algorithm>
#include <unordered_map>

#include "core/unicode.h"
#include "facts/place_sense.h"
#include "facts/romanise.h"
#include "knowledge/stemmer.h"

namespace depesche::facts {

namespace {

using text::Token;
using text::TokenKind;

// Points. Chosen on the development halves of LGL, TR-News, GeoVirus and GeoWebNews.
constexpr double accepted_min = 2;
constexpr double country_points = 3;
constexpr double division_points = 2;
constexpr double large_town_points = 2;
constexpr double town_points = 1.5;
constexpr double small_town_points = 1;
constexpr std::uint32_t large_town_people_min = 1'000'000;
constexpr std::uint32_t town_people_min = 300'000;
constexpr std::uint32_t small_town_people_min = 100'000;
constexpr double locative_points = 2;
constexpr double belonging_points = 1;  ///< behind "of", which also leads people in
constexpr double head_points = 4;
constexpr double qualified_points = 5;
constexpr double dateline_points = 6;
constexpr double longer_name_points = -6;
constexpr double person_points = -5;
constexpr double common_word_points = -2;
/// "Reading" and "Nice" are below, "Edmonton" and "Paris" above.
constexpr float common_word_nats_max = 10;
constexpr double opening_points = -1;
constexpr double same_country_points = 1;
constexpr double elsewhere_points = 2;
constexpr double against = -3;  ///< of what stands beside a name: it is no place here whatever it is elsewhere

/// Names of no more letters than this are acronyms where they are countries: "US", "UAE".
constexpr std::size_t acronym_letters_max = 3;
constexpr std::size_t unknown_name_tokens_max = 4;
constexpr std::size_t qualified_name_tokens_max = 3;
constexpr std::uint32_t joint_tokens_max = 3;
/// Of the words of a headline that has a capital on each.
constexpr double capitals_of_title_min = 0.6;
constexpr std::size_t phrase_before_tokens_max = 4;

/// What stands for a name of the gazetteer, or behind the head of a place, in an article.
struct Mention {
  std::uint32_t sentence = 0;
  std::uint32_t begin = 0, end = 0;  ///< tokens of the text
  std::uint32_t name = 0;            ///< into the names of the article
  double points = 0;
  bool is_beside_contrary = false;
  bool is_behind_locative = false;
  bool opens_sentence = false;
  PlaceKind told_kind = PlaceKind::unknown;
  std::optional<std::uint32_t> inside = {};  ///< the mention that says where it lies
  PlaceUse use = PlaceUse::location;
};

struct Name {
  std::vector<PlaceId> candidates = {};
  KnownPlace likeliest = {};      ///< by people alone
  std::uint32_t person_uses = 0;  ///< part of a longer name, behind an honorific, speaking
  std::uint32_t place_uses = 0;   ///< behind a preposition of place, before what it lies in
  bool is_accepted = false;
  bool is_seat = false;  ///< may be a town where a government sits, and is no country

  bool is_person() const { return person_uses > place_uses; }
};

class Reader {
 public:
  Reader(const Article& article, const text::Text& text, const Gazetteer& gazetteer, const Lexicon& lexicon,
         const PlaceWords& words, const knowledge::Knowledge& knowledge)
      : article_(article),
        text_(text),
        gazetteer_(gazetteer),
        lexicon_(lexicon),
        words_(words),
        knowledge_(knowledge) {}

  std::vector<FoundPlace> run(const std::optional<Dateline>& dateline) {
    collect();
    for (std::size_t i = 0; i < mentions_.size(); ++i) qualify(i);
    for (Mention& mention : mentions_) judge(mention, dateline);
    for (std::size_t i = 1; i < mentions_.size(); ++i) share_with_next(mentions_[i - 1], mentions_[i]);
    accept();
    return choose();
  }

 private:
  // -- names ---------------------------------------------------------------------------------------------------------

  void collect() {
    for (std::uint32_t s = 0; s < text_.sentences.size(); ++s) {
      const auto& sentence = text_.sentences[s];
      const Role role = article_.blocks[sentence.block].role;
      if (role == Role::byline) continue;
      const auto tokens = text_.tokens_of(sentence);
      for (std::size_t i = 0; i < tokens.size();) {
        const Token& token = tokens[i];
        if (token.kind != TokenKind::word || (words_.has_capitals && !token.is_capitalised)) {
          ++i;
          continue;
        }
        const auto match = gazetteer_.longest_at(article_.text, tokens, i, text_.language);
        const auto begin = sentence.first_token + static_cast<std::uint32_t>(i);
        if (match.tokens > 0 && note(s, begin, match)) {
          i += match.tokens;
        } else {
          i += note_unknown(s, begin);
        }
      }
    }
  }

  bool note(std::uint32_t sentence, std::uint32_t begin, const Gazetteer::Match& match) {
    Mention mention{.sentence = sentence, .begin = begin, .end = begin + static_cast<std::uint32_t>(match.tokens)};
    std::vector<PlaceId> candidates = {};
    const auto words = article_.words_at(span_of(mention));
    const bool is_short = std::count_if(words.begin(), words.end(), [](char c) { return c != '.'; }) <=
                          static_cast<std::ptrdiff_t>(acronym_letters_max);
    const bool is_in_capitals = std::none_of(words.begin(), words.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    for (const PlaceSense& sense : match.senses) {
      if (sense.language.is_known() && sense.language != text_.language) continue;
      const auto kind = gazetteer_.place(sense.id).kind;
      if (is_short && kind == PlaceKind::country && !is_in_capitals) continue;
      if (is_short && kind == PlaceKind::town && is_in_capitals && words.find('.') == std::string_view::npos) continue;
      if (sense.is_shortened && !stands_shortened(mention)) continue;
      if (candidates.empty() || candidates.back() != sense.id) candidates.push_back(sense.id);
    }
    if (candidates.empty() || (match.tokens == 1 && is_function_word(begin))) return false;
    mention.name = name_of_candidates(std::move(candidates));
    mention.opens_sentence = begin == text_.sentences[sentence].first_token;
    mentions_.push_back(mention);
    return true;
  }

  /// ", Fla."
  bool stands_shortened(const Mention& mention) const {
    const auto& tokens = text_.tokens;
    const auto end = tokens[mention.end - 1].span.end;
    return mention.begin > text_.sentences[mention.sentence].first_token && end < article_.text.size() &&
           article_.text[end] == '.' && article_.words_at(tokens[mention.begin - 1].span) == ",";
  }

  std::uint32_t name_of_candidates(std::vector<PlaceId> candidates) {
    const auto [entry, is_new] = name_by_candidates_.try_emplace(candidates, static_cast<std::uint32_t>(names_.size()));
    if (is_new) {
      Name name{.candidates = std::move(candidates)};
      const auto rank = [](const KnownPlace& place) {
        return std::tuple(place.kind == PlaceKind::country, place.kind != PlaceKind::town, place.population);
      };
      for (const PlaceId id : name.candidates) {
        auto place = gazetteer_.place(id);
        name.is_seat |= place.is_seat;
        if (name.likeliest.name.empty() || rank(name.likeliest) < rank(place)) name.likeliest = std::move(place);
      }
      name.is_seat &= name.likeliest.kind != PlaceKind::country;
      names_.push_back(std::move(name));
    }
    return entry->second;
  }

  /// A capitalised name that the gazetteer lacks, where a word before it says what it is. Gives the tokens to go on by.
  std::size_t note_unknown(std::uint32_t sentence, std::uint32_t begin) {
    const auto& tokens = text_.tokens;
    const auto last = text_.sentences[sentence].last_token;
    const auto kind = kind_told_before(sentence, begin);
    if ((kind == PlaceKind::unknown && !may_be_qualified(begin, last)) || !is_name_word(begin)) return 1;
    auto end = begin + 1;
    while (end < last && end - begin < unknown_name_tokens_max * 2) {
      const bool is_joint = end + 1 < last && tokens[end].kind == TokenKind::mark &&
                            article_.words_at(tokens[end].span) == "-" && is_name_word(end + 1) && touches(end);
      if (is_joint) {
        end += 2;
      } else if (is_name_word(end) && touches(end)) {
        ++end;
      } else {
        break;
      }
    }
    const bool is_qualified = precedes_division(sentence, end) && begin > text_.sentences[sentence].first_token &&
                              end - begin <= qualified_name_tokens_max && !is_common_word(begin) &&
                              !is_of_calendar(begin);
    if (kind == PlaceKind::unknown && !is_qualified) return 1;
    Mention mention{.sentence = sentence, .begin = begin, .end = end, .told_kind = kind};
    mention.name = static_cast<std::uint32_t>(names_.size());
    names_.push_back({});
    mentions_.push_back(mention);
    return end - begin;
  }

  /// Whether capitals, a comma and another capital follow: what is cheap to ask of every capital.
  bool may_be_qualified(std::uint32_t begin, std::uint32_t last) const {
    auto end = begin + 1;
    while (end < last && text_.tokens[end].is_capitalised) ++end;
    return end - begin <= qualified_name_tokens_max && end + 1 < last && text_.tokens[end + 1].is_capitalised &&
           article_.words_at(text_.tokens[end].span) == ",";
  }

  /// ", Fla." behind a name: a comma and what may be a division.
  bool precedes_division(std::uint32_t sentence, std::uint32_t at) const {
    const auto last = text_.sentences[sentence].last_token;
    if (at + 1 >= last || article_.words_at(text_.tokens[at].span) != ",") return false;
    const auto tokens = std::span(text_.tokens).subspan(0, last);
    if (!text_.tokens[at + 1].is_capitalised) return false;
    const auto match = gazetteer_.longest_at(article_.text, tokens, at + 1, text_.language);
    return std::any_of(match.senses.begin(), match.senses.end(), [&](const PlaceSense& sense) {
      return gazetteer_.place(sense.id).kind == PlaceKind::division &&
             (!sense.language.is_known() || sense.language == text_.language);
    });
  }

  // -- what stands beside a name -------------------------------------------------------------------------------------

  Key key(std::uint32_t i) const {
    const Token& token = text_.tokens[i];
    if (token.kind != TokenKind::mark) return token.form;
    return article_.words_at(token.span) == "-" ? hyphen : other_mark;
  }

  /// Whether a phrase of the set ends right before token `at`; gives the token where it begins.
  std::optional<std::uint32_t> phrase_before(const PhraseSet& set, std::uint32_t sentence, std::uint32_t at) const {
    const auto first = text_.sentences[sentence].first_token;
    std::array<Key, phrase_before_tokens_max> keys{};
    for (std::uint32_t size = 1; size <= phrase_before_tokens_max && at >= first + size; ++size) {
      for (std::uint32_t i = 0; i < size; ++i) keys[i] = key(at - size + i);
      if (set.match(std::span(keys).first(size), 0) == size) return at - size;
    }
    return {};
  }

  /// How many tokens a phrase of the set takes that begins at token `at`.
  std::size_t phrase_at(const PhraseSet& set, std::uint32_t sentence, std::uint32_t at) const {
    const auto last = text_.sentences[sentence].last_token;
    std::array<Key, phrase_before_tokens_max> keys{};
    std::size_t size = 0;
    for (; size < keys.size() && at + size < last; ++size) keys[size] = key(at + static_cast<std::uint32_t>(size));
    return size == 0 ? 0 : set.match(std::span(keys).first(size), 0);
  }

  /// Only blanks between token `i` and the one before it.
  bool touches(std::uint32_t i) const {
    return i > 0 && text_.tokens[i].span.begin - text_.tokens[i - 1].span.end <= 2;
  }

  bool is_function_word(std::uint32_t i) const {
    const Key form = text_.tokens[i].form;
    return lexicon_.articles.contains(form) || lexicon_.prepositions.contains(form) ||
           lexicon_.inner_prepositions.contains(form) || lexicon_.conjunctions.contains(form) ||
           lexicon_.pronouns.contains(form) || lexicon_.according_to.contains(form) || words_.locative.contains(form);
  }

  /// A capitalised word that may be part of a name. Where nouns are printed with capitals, one of the dictionary is none.
  bool is_name_word(std::uint32_t i) const {
    const Token& token = text_.tokens[i];
    if (token.kind != TokenKind::word || !token.is_capitalised || is_function_word(i)) return false;
    return !lexicon_.nouns_have_capitals || !is_common_word(i);
  }

  /// Whether a dictionary of the language has the word with a meaning of its own. English names are words of themselves there,
  /// but rare ones.
  bool is_common_word(std::uint32_t i) const {
    const Token& token = text_.tokens[i];
    const auto [entry, is_new] = common_.try_emplace(token.form, false);
    if (!is_new) return entry->second;
    if (!stemmer_) stemmer_.emplace(text_.language);
    stemmer_->stem(article_.words_at(token.span), stem_);
    const auto concepts = knowledge_.concepts(text_.language, stem_);
    return entry->second = std::any_of(concepts.begin(), concepts.end(), [&](knowledge::ConceptId meant) {
             return lexicon_.nouns_have_capitals || meant.nats() <= common_word_nats_max;
           });
  }

  bool is_of_calendar(std::uint32_t i) const {
    const auto meanings = knowledge_.meanings(fold(article_.words_at(text_.tokens[i].span)));
    return std::any_of(meanings.begin(), meanings.end(), [](const knowledge::Meaning& meaning) {
      return meaning.kind == knowledge::NameKind::month || meaning.kind == knowledge::NameKind::weekday;
    });
  }

  PlaceKind kind_told_before(std::uint32_t sentence, std::uint32_t at) const {
    if (phrase_before(words_.town_before, sentence, at)) return PlaceKind::town;
    if (phrase_before(words_.division_before, sentence, at)) return PlaceKind::division;
    return PlaceKind::unknown;
  }

  // -- where a name says it lies -------------------------------------------------------------------------------------

  /// "Clinton, Iowa", "Idlib (Syria)", "Springfield Ohio"
  void qualify(std::size_t i) {
    if (i + 1 >= mentions_.size()) return;
    Mention& mention = mentions_[i];
    const Mention& next = mentions_[i + 1];
    if (mention.sentence != next.sentence || next.begin - mention.end > 1) return;
    if (next.begin > mention.end) {
      const auto mark = article_.words_at(text_.tokens[mention.end].span);
      if (mark != "," && mark != "(" && mark != "/") return;
    } else if (!touches(next.begin)) {
      return;
    }
    const auto& inner = names_[mention.name].candidates;
    const auto& outer = names_[next.name].candidates;
    const bool is_new = inner.empty();
    for (const PlaceId around : outer) {
      const auto place = gazetteer_.place(around);
      if (place.kind != PlaceKind::country && place.kind != PlaceKind::division) continue;
      if (is_new && place.kind != PlaceKind::division) continue;
      const bool holds_one = is_new || std::any_of(inner.begin(), inner.end(), [&](PlaceId id) {
                               const auto held = gazetteer_.place(id);
                               return id != around && held.country == place.country &&
                                      held.kind != PlaceKind::country &&
                                      (place.kind == PlaceKind::country || held.division == place.division);
                             });
      if (!holds_one) continue;
      mention.inside = static_cast<std::uint32_t>(i + 1);
      around_[i] = around;
      return;
    }
  }

  // -- points --------------------------------------------------------------------------------------------------------

  double points_of_kind(const Name& name) const {
    switch (name.likeliest.kind) {
      case PlaceKind::town: {
        const auto people = name.likeliest.population;
        return people >= large_town_people_min   ? large_town_points
               : people >= town_people_min       ? town_points
               : people >= small_town_people_min ? small_town_points
                                                 : 0;
      }
      case PlaceKind::division: return division_points;
      case PlaceKind::unknown: return 0;
      default: return country_points;
    }
  }

  void judge(Mention& mention, const std::optional<Dateline>& dateline) {
    Name& name = names_[mention.name];
    const std::size_t self = static_cast<std::size_t>(&mention - mentions_.data());
    const auto& sentence = text_.sentences[mention.sentence];
    mention.points = points_of_kind(name);
    if (dateline && dateline->place && dateline->place->overlaps(span_of(mention))) {
      mention.points += dateline_points;
      return;
    }
    const bool is_one_word = mention.end - mention.begin == 1;
    const bool is_title = in_title_case(mention.sentence);
    const bool may_be_person =
        is_one_word && name.likeliest.kind == PlaceKind::town && name.likeliest.population < town_people_min;

    // What introduces it.
    auto before = mention.begin;
    while (before > sentence.first_token && phrase_before(words_.directions, mention.sentence, before) &&
           (name.likeliest.kind != PlaceKind::town || !text_.tokens[before - 1].is_capitalised))
      before = *phrase_before(words_.directions, mention.sentence, before);
    if (const auto kind = kind_told_before(mention.sentence, mention.begin); kind != PlaceKind::unknown) {
      mention.told_kind = kind;
      mention.points += head_points;
    }
    auto locative = phrase_before(words_.locative, mention.sentence, before);
    // "über dem Boden": a town has no article.
    if (!locative && name.likeliest.kind != PlaceKind::town && before > sentence.first_token &&
        lexicon_.articles.contains(key(before - 1)))
      locative = phrase_before(words_.locative, mention.sentence, before - 1);
    const bool is_towards = locative.has_value();
    mention.is_behind_locative = is_towards;
    if (is_towards) {
      mention.points += locative_points;
    } else if (before > sentence.first_token && lexicon_.inner_prepositions.contains(key(before - 1))) {
      mention.points += belonging_points;
    }
    if (phrase_before(words_.no_place_before, mention.sentence, mention.begin)) mention.is_beside_contrary = true;

    // What goes on with it.
    if (phrase_at(words_.no_place_behind, mention.sentence, mention.end) > 0) mention.is_beside_contrary = true;
    if (const auto size = division_behind(mention)) {
      mention.told_kind = PlaceKind::division;
      mention.points += head_points;
      if (name.likeliest.kind == PlaceKind::town && !has_division(name)) become_division(mention, size);
    } else if (phrase_at(words_.town_behind, mention.sentence, mention.end) > 0) {
      mention.told_kind = PlaceKind::town;
      mention.points += locative_points;
    }
    if (mention.inside) mention.points += qualified_points;
    const bool says_where = self > 0 && mentions_[self - 1].inside == self;
    if (says_where) mention.points += qualified_points;

    // What is part of a longer name is none of itself.
    if (!is_title) {
      const bool goes_before = !says_where && mention.begin > sentence.first_token && touches(mention.begin) &&
                               is_part_of_name(mention.begin - 1, mention.sentence);
      const bool goes_behind = !mention.inside && mention.end < sentence.last_token && touches(mention.end) &&
                               is_name_word(mention.end) && !is_title_of_office(mention);
      const bool is_hyphenated =
          (mention.end + 1 < sentence.last_token && key(mention.end) == hyphen && touches(mention.end)) ||
          (mention.begin > sentence.first_token + 1 && key(mention.begin - 1) == hyphen && touches(mention.begin));
      const bool follows_honorific = honorific_before(mention);
      if (goes_before || follows_honorific) {
        mention.points += longer_name_points;
        mention.is_beside_contrary = true;
        name.person_uses += may_be_person;
      } else if (goes_behind && mention.told_kind == PlaceKind::unknown) {
        mention.points += longer_name_points;
        mention.is_beside_contrary = true;
      }
      if (is_hyphenated && name.likeliest.kind == PlaceKind::town && !is_towards) mention.points += opening_points;
    } else {
      mention.points -= locative_points;
    }
    if (is_one_word && mention.told_kind == PlaceKind::unknown && !mention.inside) judge_word(mention);
    if (name.candidates.empty() && !is_towards && mention.told_kind == PlaceKind::unknown)
      mention.points += common_word_points;
    if (is_towards || mention.inside || mention.told_kind != PlaceKind::unknown) {
      ++name.place_uses;
    } else if (may_be_person && phrase_at(lexicon_.verbs, mention.sentence, mention.end) > 0) {
      ++name.person_uses;
    }
    if (is_attributed_to(mention) || (!is_towards && acts(mention))) mention.use = PlaceUse::government;
  }

  /// A name of one word that is a word of the language, too.
  void judge_word(Mention& mention) const {
    const auto& place = names_[mention.name].likeliest;
    const bool is_town = place.kind == PlaceKind::town;
    if (!is_town && place.kind != PlaceKind::division) return;
    const bool says_nothing = mention.opens_sentence || (is_town && place.population < large_town_people_min);
    if (says_nothing && is_common_word(mention.begin)) mention.points += common_word_points;
    if (is_town && mention.opens_sentence) mention.points += opening_points;
  }

  /// "Mr Lincoln", "Mr. Lincoln", "J. Lincoln"
  bool honorific_before(const Mention& mention) const {
    const auto first = text_.sentences[mention.sentence].first_token;
    if (mention.begin == first) return false;
    auto i = mention.begin - 1;
    const bool has_stop = i > first && article_.words_at(text_.tokens[i].span) == ".";
    if (has_stop) --i;
    const Token& token = text_.tokens[i];
    return lexicon_.honorifics.contains(token.form) ||
           (has_stop && token.is_capitalised && count_code_points(article_.words_at(token.span)) == 1);
  }

  bool has_division(const Name& name) const {
    return std::any_of(name.candidates.begin(), name.candidates.end(),
                       [&](PlaceId id) { return gazetteer_.place(id).kind == PlaceKind::division; });
  }

  std::size_t division_behind(const Mention& mention) const {
    const auto size = phrase_at(words_.division_behind, mention.sentence, mention.end);
    return size > 0 && touches(mention.end) ? size : 0;
  }

  /// "Anderson County" is not Anderson.
  void become_division(Mention& mention, std::size_t size) {
    mention.end += static_cast<std::uint32_t>(size);
    mention.name = static_cast<std::uint32_t>(names_.size());
    names_.push_back({});
  }

  /// Whether the capitalised word before a name makes a longer name with it.
  bool is_part_of_name(std::uint32_t i, std::uint32_t sentence) const {
    if (!is_name_word(i)) return false;
    if (phrase_before(words_.directions, sentence, i + 1)) return false;
    if (phrase_before(words_.town_before, sentence, i + 1) || phrase_before(words_.division_before, sentence, i + 1))
      return false;
    // The first word of a sentence has a capital whatever it is.
    return i != text_.sentences[sentence].first_token || !is_common_word(i);
  }

  /// "US President", "Athens Police Department": the place stands for itself.
  bool is_title_of_office(const Mention& mention) const {
    return phrase_at(lexicon_.person_heads, mention.sentence, mention.end) > 0 ||
           phrase_at(lexicon_.body_heads, mention.sentence, mention.end) > 0;
  }

  /// Who is said to speak or to act. A country that acts is still the country; a town that acts is not the town.
  bool is_attributed_to(const Mention& mention) const {
    const Name& name = names_[mention.name];
    const auto s = mention.sentence;
    if (!name.is_seat && name.likeliest.kind != PlaceKind::country) return false;
    auto before = mention.begin;
    if (before > text_.sentences[s].first_token && lexicon_.articles.contains(key(before - 1))) --before;
    return phrase_before(lexicon_.according_to, s, before) || phrase_before(lexicon_.according_to_tail, s, before) ||
           phrase_at(lexicon_.according_to_after, s, mention.end) > 0;
  }

  bool acts(const Mention& mention) const {
    const auto s = mention.sentence;
    if (!names_[mention.name].is_seat) return false;
    for (const PhraseSet* set : {&words_.between, &words_.agents, &lexicon_.complementisers, &lexicon_.verbs}) {
      if (phrase_before(*set, s, mention.begin)) return true;
    }
    if (phrase_at(words_.government_verbs, s, mention.end) > 0 || phrase_at(lexicon_.verbs, s, mention.end) > 0)
      return true;
    const bool has_auxiliary =
        mention.end + 1 < text_.sentences[s].last_token && text_.tokens[mention.end].kind != TokenKind::mark;
    return has_auxiliary && phrase_at(lexicon_.verbs, s, mention.end + 1) > 0;
  }

  /// "between Moscow and Kyiv", "the provinces of Aleppo and Idlib", "in Rome, Paris and Oslo": what is said of the first holds for
  /// those it is joined with.
  void share_with_next(Mention& mention, Mention& next) {
    if (mention.sentence != next.sentence || next.begin - mention.end > joint_tokens_max || next.begin == mention.end ||
        mention.inside)
      return;
    bool has_conjunction = false;
    for (auto i = mention.end; i < next.begin; ++i) {
      const bool is_conjunction = lexicon_.conjunctions.contains(key(i));
      const bool is_comma = article_.words_at(text_.tokens[i].span) == ",";
      if (!is_conjunction && !is_comma && !lexicon_.inner_prepositions.contains(key(i)) &&
          !lexicon_.articles.contains(key(i)))
        return;
      has_conjunction |= is_conjunction;
    }
    const bool are_seats = names_[mention.name].is_seat && names_[next.name].is_seat && has_conjunction;
    const bool opens = mention.opens_sentence && !mention.is_behind_locative;
    if (are_seats && (opens || mention.use == PlaceUse::government || next.use == PlaceUse::government) &&
        !mention.is_behind_locative && !next.is_behind_locative)
      mention.use = next.use = PlaceUse::government;
    if (next.told_kind == PlaceKind::unknown && has_conjunction) next.told_kind = mention.told_kind;
    if (mention.is_behind_locative && !next.is_behind_locative) {
      next.is_behind_locative = true;
      next.points += locative_points;
    }
  }

  bool in_title_case(std::uint32_t sentence) {
    const auto& block = article_.blocks[text_.sentences[sentence].block];
    if (block.role != Role::title && block.role != Role::subtitle && block.role != Role::subheading) return false;
    if (lexicon_.nouns_have_capitals) return false;
    std::size_t words = 0;
    std::size_t capitals = 0;
    for (const Token& token : text_.tokens_of(text_.sentences[sentence])) {
      words += token.kind == TokenKind::word;
      capitals += token.is_capitalised;
    }
    return static_cast<double>(capitals) >= capitals_of_title_min * static_cast<double>(words);
  }

  // -- together ------------------------------------------------------------------------------------------------------

  void accept() {
    for (const Mention& mention : mentions_) {
      Name& name = names_[mention.name];
      const double points = mention.points + (name.is_person() ? person_points : 0);
      if (!mention.is_beside_contrary && points >= accepted_min) name.is_accepted = true;
    }
    std::set<std::string_view> countries;
    for (const Name& name : names_) {
      if (!name.is_accepted) continue;
      for (const PlaceId id : name.candidates) countries.insert(gazetteer_.place(id).country);
    }
    for (Mention& mention : mentions_) {
      Name& name = names_[mention.name];
      if (name.is_person()) mention.points += person_points;
      if (name.is_accepted) {
        mention.points += elsewhere_points;
      } else if (std::any_of(name.candidates.begin(), name.candidates.end(),
                             [&](PlaceId id) { return countries.contains(gazetteer_.place(id).country); })) {
        mention.points += same_country_points;
      }
      if (mention.is_beside_contrary) mention.points = against;
    }
  }

  std::vector<FoundPlace> choose() {
    std::vector<NamedPlace> named;
    std::map<std::tuple<std::uint32_t, std::optional<PlaceId>, bool, bool>, std::size_t> by_name;
    std::vector<std::size_t> named_of(mentions_.size());
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      const Mention& mention = mentions_[i];
      if (mention.points < accepted_min) continue;
      std::optional<PlaceId> inside;
      if (const auto found = around_.find(i); found != around_.end()) inside = found->second;
      // What a name says of itself once holds for it wherever it says nothing.
      if (!inside) inside = inside_of_name(mention.name);
      const bool is_division = mention.told_kind == PlaceKind::division;
      const bool is_town = mention.told_kind == PlaceKind::town;
      const auto [entry, is_new] = by_name.try_emplace({mention.name, inside, is_division, is_town}, named.size());
      if (is_new) {
        named.push_back({.candidates = names_[mention.name].candidates,
                         .inside = inside,
                         .wants_division = is_division,
                         .wants_town = is_town,
                         .weight = 0});
      }
      ++named[entry->second].weight;
      named_of[i] = entry->second;
    }
    choose_senses(named, gazetteer_, home());
    std::vector<FoundPlace> found;
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      const Mention& mention = mentions_[i];
      if (mention.points < accepted_min) continue;
      const NamedPlace& name = named[named_of[i]];
      found.push_back({.block = text_.sentences[mention.sentence].block,
                       .span = span_of(mention),
                       .meant = name.meant,
                       .is_told = name.is_told,
                       .kind = mention.told_kind,
                       .inside = name.inside,
                       .use = mention.use});
    }
    return found;
  }

  std::optional<PlaceId> inside_of_name(std::uint32_t name) const {
    for (const auto& [mention, around] : around_) {
      if (mentions_[mention].name == name) return around;
    }
    return {};
  }

  /// The country of the outlet's site, by the end of its name.
  std::string home() const {
    const std::string_view url = article_.url;
    const auto host_begin = url.find("://");
    if (host_begin == std::string_view::npos) return {};
    const auto host = url.substr(host_begin + 3, url.find('/', host_begin + 3) - host_begin - 3);
    const auto dot = host.rfind('.');
    if (dot == std::string_view::npos || host.size() - dot != 3) return {};
    std::string code;
    for (const char c : host.substr(dot + 1)) code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return code == "UK" ? "GB" : code;
  }

  Span span_of(const Mention& mention) const {
    Span span = hull(text_.tokens[mention.begin].span, text_.tokens[mention.end - 1].span);
    // "U.S." has its last full stop in a token of its own.
    const auto words = article_.words_at(span);
    const bool is_abbreviation = words.size() >= 3 && words[words.size() - 2] == '.';
    if (is_abbreviation && span.end < article_.text.size() && article_.text[span.end] == '.') ++span.end;
    return span;
  }

  const Article& article_;
  const text::Text& text_;
  const Gazetteer& gazetteer_;
  const Lexicon& lexicon_;
  const PlaceWords& words_;
  const knowledge::Knowledge& knowledge_;
  std::vector<Mention> mentions_;
  std::vector<Name> names_;
  std::map<std::vector<PlaceId>, std::uint32_t> name_by_candidates_;
  std::map<std::size_t, PlaceId> around_;  ///< mention → what the text says it lies in
  mutable std::unordered_map<Key, bool> common_;
  mutable std::optional<knowledge::Stemmer> stemmer_;
  mutable std::string stem_;
};

/// Gives every place of the pile a number.
class Linker {
 public:
  explicit Linker(const Gazetteer& gazetteer) : gazetteer_(gazetteer) {}

  std::uint32_t known(PlaceId id) {
    const auto [entry, is_new] = by_id_.try_emplace(id, static_cast<std::uint32_t>(places_.size()));
    if (is_new) {
      const auto known = gazetteer_.place(id);
      Place place;
      place.name = known.name;
      place.kind = known.kind;
      if (known.geonames_id != 0) place.geonames_id = known.geonames_id;
      place.country = known.country;
      place.point = known.point;
      place.precision = known.precision;
      places_.push_back(std::move(place));
    }
    return entry->second;
  }

  std::uint32_t unknown(std::string_view words, const FoundPlace& found) {
    const auto name = romanised(words);
    const auto [entry, is_new] =
        by_name_.try_emplace({fold(name), found.inside}, static_cast<std::uint32_t>(places_.size()));
    if (is_new) {
      Place place;
      place.name = name;
      place.kind = found.kind;
      if (found.inside) {
        const auto around = gazetteer_.place(*found.inside);
        place.country = around.country;
        place.point = around.point;
        place.precision = around.precision;
      }
      places_.push_back(std::move(place));
    }
    return entry->second;
  }

  /// A name that may be one of several places, and lies nowhere until it is told which.
  std::uint32_t untold(std::vector<PlaceId> meant) {
    std::sort(meant.begin(), meant.end());
    const auto [entry, is_new] = by_meanings_.try_emplace(meant, static_cast<std::uint32_t>(places_.size()));
    if (is_new) {
      const auto first = gazetteer_.place(meant.front());
      Place place;
      place.name = first.name;
      place.kind = first.kind;
      place.country = first.country;
      for (const PlaceId id : meant) {
        const auto other = gazetteer_.place(id);
        if (other.kind != place.kind) place.kind = PlaceKind::unknown;
        if (other.country != place.country) place.country.clear();
      }
      places_.push_back(std::move(place));
    }
    return entry->second;
  }

  Place& at(std::uint32_t place) { return places_[place]; }

  /// The places in their order; `renumber[i]` is the new place of place i.
  std::vector<Place> finish(std::vector<std::uint32_t>& renumber) {
    std::vector<std::uint32_t> order(places_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto key = [&](std::uint32_t i) {
      const Place& place = places_[i];
      return std::tuple(std::string_view(place.name), std::string_view(place.country), place.kind,
                        place.geonames_id.value_or(0), i);
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) { return key(x) < key(y); });
    renumber.resize(places_.size());
    std::vector<Place> sorted;
    for (const std::uint32_t i : order) {
      renumber[i] = static_cast<std::uint32_t>(sorted.size());
      sorted.push_back(std::move(places_[i]));
    }
    return sorted;
  }

 private:
  const Gazetteer& gazetteer_;
  std::unordered_map<PlaceId, std::uint32_t> by_id_;
  std::map<std::pair<std::string, std::optional<PlaceId>>, std::uint32_t> by_name_;
  std::map<std::vector<PlaceId>, std::uint32_t> by_meanings_;
  std::vector<Place> places_;
};

std::set<Language> languages_of(std::span<const text::Text> texts) {
  std::set<Language> languages;
  for (const auto& text : texts) languages.insert(text.language);
  return languages;
}

}  // namespace

PlaceFinder::PlaceFinder(const knowledge::Knowledge& knowledge, std::span<const text::Text> texts,
                         const std::map<Language, Lexicon>& lexicons)
    : knowledge_(knowledge), lexicons_(lexicons), gazetteer_(knowledge, languages_of(texts)) {
  for (const Language language : languages_of(texts)) words_.try_emplace(language, knowledge.pack(language));
}

std::vector<FoundPlace> PlaceFinder::find(const Article& article, const text::Text& text,
                                          const std::optional<Dateline>& dateline) const {
  Reader reader(article, text, gazetteer_, lexicons_.at(text.language), words_.at(text.language), knowledge_);
  return reader.run(dateline);
}

std::vector<Place> link_places(std::span<const Article> articles, std::span<const text::Text> texts,
                               const Gazetteer& gazetteer, std::span<const std::vector<FoundPlace>> found,
                               std::span<ArticleFacts> facts) {
  Linker linker(gazetteer);
  for (std::size_t i = 0; i < articles.size(); ++i) {
    for (const FoundPlace& each : found[i]) {
      const auto words = articles[i].words_at(each.span);
      PlaceMention mention{.block = each.block, .span = each.span, .others = {}, .use = each.use};
      mention.place = each.meant.empty() ? linker.unknown(words, each)
                      : each.is_told     ? linker.known(each.meant.front())
                                         : linker.untold(each.meant);
      Place& place = linker.at(mention.place);
      if (each.use == PlaceUse::location) {
        place.forms[texts[i].language].emplace(words);
        ++place.mentions;
      }
      if (!each.is_told) {
        for (std::size_t k = 0; k < each.meant.size(); ++k) mention.others.push_back(linker.known(each.meant[k]));
      }
      facts[i].places.push_back(std::move(mention));
    }
  }
  std::vector<std::uint32_t> renumber;
  auto places = linker.finish(renumber);
  for (ArticleFacts& article : facts) {
    for (PlaceMention& mention : article.places) {
      mention.place = renumber[mention.place];
      for (auto& other : mention.others) other = renumber[other];
    }
  }
  return places;
}

}  // namespace depesche::facts
