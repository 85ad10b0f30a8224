// What one actor is to another stands between their names, and in few forms:
//
//   la Russie, alliée de Damas            <a> , * <ally> <of> <b>           apposition
//   la Turquie est un soutien des rebelles      <a> <is> * <support> <of> <b>
//   Turkish-backed rebels                 <b> - backed <a>                  an adjective stands for its state
//   the coalition, dominated by HTS       <a> , dominated by <b>
//
// The patterns of a language (relations.rules) are one automaton, walked from every actor and from every word that begins a pattern, in
// sentences that have two actors and a word that may tell a relation. Articles and quotation marks are passed over; before an actor a few
// describing words may stand ("le groupe islamiste radical HTS"). Of several readings from one word the longest counts.
#include "facts/relation_finder.h"

#include <algorithm>
#include <optional>
#include <set>

#include "core/parallel.h"
#include "core/unicode.h"
#include "facts/relation_words.h"

namespace depesche::facts {
namespace {

using text::Token;
using text::TokenKind;
using EdgeKind = RelationWords::EdgeKind;

constexpr std::uint32_t none = ~0u;
/// "le groupe islamiste radical HTS"
constexpr std::size_t describing_words_max = 4;
constexpr std::size_t filler_words_max = 3;
/// "Russia, Iran, China and Belarus"
constexpr std::size_t list_actors_max = 6;
/// A sentence of more tokens is a list or a table, in which nothing is told.
constexpr std::size_t sentence_tokens_max = 400;
constexpr std::uint32_t time_distance_bytes_max = 40;

/// An actor at tokens [begin, end) of a sentence; a state by its country where it is no actor yet.
struct Slot {
  std::size_t end = 0;
  std::uint32_t actor = none;
  std::uint32_t country = none;
  bool is_adjective = false;  ///< "Turkish": stands for its state
  Span words;                 ///< as printed
};

/// A relation whose state may have no actor yet.
struct Found {
  Relation relation;
  std::uint32_t country_a = none, country_b = none;
  Span words_a, words_b;  ///< that stand for it
};

/// Which actor is which state, and which places stand for one: countries and their capitals.
struct States {
  States(const Facts& facts, const knowledge::Knowledge& knowledge) {
    std::map<std::string_view, std::uint32_t> country_of_iso;
    for (std::uint32_t c = 0; c < knowledge.count_of_countries(); ++c)
      country_of_iso.emplace(knowledge.country(c).iso, c);
    actor_of_country.assign(knowledge.count_of_countries(), none);
    for (std::uint32_t a = 0; a < facts.actors.size(); ++a) {
      if (facts.actors[a].type != ActorType::state) continue;
      const auto country = country_of_iso.find(facts.actors[a].iso);
      if (country != country_of_iso.end() && actor_of_country[country->second] == none)
        actor_of_country[country->second] = a;
    }
    for (const Place& place : facts.places) {
      const auto country = country_of_iso.find(place.country);
      std::uint32_t state = none;
      if (country != country_of_iso.end() && place.kind == PlaceKind::country) state = country->second;
      if (country != country_of_iso.end() && place.kind == PlaceKind::town) {
        const auto governed = knowledge.meanings(fold(place.name), knowledge::NameKind::capital, Language("en"));
        if (std::find(governed.begin(), governed.end(), country->second) != governed.end()) state = country->second;
      }
      country_of_place.push_back(state);
    }
  }

  std::vector<std::uint32_t> actor_of_country;  ///< `none` where the country is no actor
  std::vector<std::uint32_t> country_of_place;  ///< beside Facts::places
};

class ArticleReader {
 public:
  ArticleReader(const Article& article, const text::Text& text, const ArticleFacts& facts,
                const std::vector<Actor>& actors, const States& states, const RelationWords& words,
                const Lexicon& lexicon, const ActorWords& actor_words)
      : article_(article),
        text_(text),
        facts_(facts),
        actors_(actors),
        states_(states),
        words_(words),
        lexicon_(lexicon),
        actor_words_(actor_words) {}

  std::vector<Found> run() {
    std::size_t mention = 0, place = 0;
    for (const auto& sentence : text_.sentences) {
      while (mention < facts_.mentions.size() && facts_.mentions[mention].span.begin < sentence.span.begin) ++mention;
      while (place < facts_.places.size() && facts_.places[place].span.begin < sentence.span.begin) ++place;
      tokens_ = text_.tokens_of(sentence);
      const auto role = article_.blocks[sentence.block].role;
      if (role == Role::byline || role == Role::dateline || tokens_.size() > sentence_tokens_max) continue;
      const bool has_actor =
          (mention < facts_.mentions.size() && facts_.mentions[mention].span.begin < sentence.span.end) ||
          (place < facts_.places.size() && facts_.places[place].span.begin < sentence.span.end);
      if (!has_actor || !may_tell()) continue;
      block_ = sentence.block;
      place_actors(mention, place);
      read();
    }
    return std::move(found_);
  }

 private:
  bool may_tell() const {
    return std::any_of(tokens_.begin(), tokens_.end(), [&](const Token& token) {
      return token.kind == TokenKind::word && words_.may_tell(token.form);
    });
  }

  bool is_mark(std::size_t i) const { return tokens_[i].kind == TokenKind::mark; }
  std::string_view words_at(std::size_t i) const { return article_.words_at(tokens_[i].span); }
  Key key(std::size_t i) const { return is_mark(i) ? (words_at(i) == "-" ? hyphen : other_mark) : tokens_[i].form; }

  void place_actors(std::size_t mention, std::size_t place) {
    slots_.assign(tokens_.size(), {});
    std::vector<bool> is_taken(tokens_.size());
    const auto put = [&](Span span, Slot slot) {
      const auto begin = std::lower_bound(tokens_.begin(), tokens_.end(), span.begin,
                                          [](const Token& token, std::uint32_t at) { return token.span.end <= at; });
      auto i = static_cast<std::size_t>(begin - tokens_.begin());
      const auto first = i;
      while (i < tokens_.size() && tokens_[i].span.begin < span.end) ++i;
      if (first == i || is_taken[first]) return;
      slot.end = i;
      for (auto k = first; k < i; ++k) is_taken[k] = true;
      slots_[first] = slot;
      // "les rebelles": articles are passed over, so that the noun must begin a slot, too.
      for (auto k = first; k + 1 < i && lexicon_.articles.contains(key(k)); ++k) slots_[k + 1] = slot;
    };
    const auto end = tokens_.empty() ? 0 : tokens_.back().span.end;
    for (auto m = mention; m < facts_.mentions.size() && facts_.mentions[m].span.begin < end; ++m)
      put(facts_.mentions[m].span, {0, facts_.mentions[m].actor, none, false, facts_.mentions[m].span});
    for (auto p = place; p < facts_.places.size() && facts_.places[p].span.begin < end; ++p) {
      const auto country = states_.country_of_place[facts_.places[p].place];
      if (country != none)
        put(facts_.places[p].span, {0, states_.actor_of_country[country], country, false, facts_.places[p].span});
    }
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (is_taken[i] || tokens_[i].kind != TokenKind::word) continue;
      const auto& word = actor_words_.class_of(tokens_[i], words_at(i));
      if (word.is_demonym && word.country != WordClass::none)
        slots_[i] = {i + 1, states_.actor_of_country[word.country], word.country, true, tokens_[i].span};
    }
  }

  bool is_slot(std::size_t i) const { return i < slots_.size() && slots_[i].end > 0; }

  void read() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      best_end_ = 0;
      path_ = {};
      walk(0, i, i);
      if (best_end_ == 0) continue;
      keep(i);
    }
  }

  struct Bound {
    std::vector<Slot> a, b;
  };

  void walk(std::uint32_t at, std::size_t i, std::size_t start) {
    const auto& node = words_.node(at);
    if (node.rule && i > best_end_ && fits(*node.rule) && ends_well(i)) {
      best_end_ = i;
      best_rule_ = *node.rule;
      best_ = path_;
    }
    if (i >= tokens_.size()) return;
    for (const auto& edge : node.edges) follow(edge, at, i, start);
    // Articles and quotation marks are passed over.
    if (at != 0 && !is_slot(i) && is_passed_over(i)) walk(at, i + 1, start);
  }

  /// Behind "Malta" in "backs Malta's plan" and "Russian" in "backs Russian plans" another thing is meant.
  bool ends_well(std::size_t end) const {
    if (end >= tokens_.size() || is_mark(end)) return true;
    const bool is_genitive =
        words_at(end) == "s" && tokens_[end].span.begin > tokens_[end - 1].span.end &&
        article_.words_at({tokens_[end - 1].span.end, tokens_[end].span.begin}).find(' ') == std::string_view::npos;
    if (is_genitive) return false;
    if (!is_slot(end - 1) || !slots_[end - 1].is_adjective) return true;
    return !may_fill(end);
  }

  /// An adjective acts only in compounds and before offices: "Turkish-backed", "Turkish Foreign Minister".
  bool may_begin(std::size_t i) const {
    if (!slots_[i].is_adjective) return true;
    for (auto k = i + 1; k < tokens_.size() && k <= i + filler_words_max; ++k) {
      if (k == i + 1 && key(k) == hyphen) return true;
      if (lexicon_.person_heads.contains(key(k)) || (lexicon_.nouns_have_capitals && words_.may_tell(key(k))))
        return true;
    }
    return false;
  }

  bool is_passed_over(std::size_t i) const {
    if (!is_mark(i)) return lexicon_.articles.contains(key(i));
    static constexpr std::string_view quotes[] = {"\"", "«", "»", "“", "”", "„", "'", "’", "‘"};
    return std::find(std::begin(quotes), std::end(quotes), words_at(i)) != std::end(quotes);
  }

  void follow(const RelationWords::Edge& edge, std::uint32_t at, std::size_t i, std::size_t start) {
    switch (edge.kind) {
      case EdgeKind::word:
        if (key(i) == edge.value) walk(edge.target, i + 1, start);
        return;
      case EdgeKind::klass:
        if (!is_mark(i) && words_.is_of_class(key(i), edge.value)) walk(edge.target, i + 1, start);
        return;
      case EdgeKind::mark:
        if (is_mark(i) && code_point_at(words_at(i), 0).value == edge.value) walk(edge.target, i + 1, start);
        return;
      case EdgeKind::office:
        if (!is_mark(i) && lexicon_.person_heads.contains(key(i))) walk(edge.target, i + 1, start);
        return;
      case EdgeKind::filler:
        for (std::size_t count = 0; count <= filler_words_max; ++count) {
          walk(edge.target, i + count, start);
          if (i + count >= tokens_.size() || !may_fill(i + count)) return;
        }
        return;
      case EdgeKind::slot_a:
      case EdgeKind::slot_b: follow_slot(edge, at, i, start); return;
    }
  }

  bool may_fill(std::size_t i) const {
    if (is_mark(i) ? key(i) != hyphen : tokens_[i].kind != TokenKind::word) return false;
    const bool is_adjective_slot = is_slot(i) && slots_[i].end == i + 1;
    if (is_slot(i) && !is_adjective_slot) return false;
    return !lexicon_.prepositions.contains(key(i)) && !lexicon_.inner_prepositions.contains(key(i)) &&
           !lexicon_.conjunctions.contains(key(i)) && !lexicon_.pronouns.contains(key(i));
  }

  /// Describing words follow an article or a preposition: "by the radical group HTS", and not "opposes loosening EU rules".
  bool is_opened_by(std::size_t i) const {
    const Key opening = key(i);
    return opening == hyphen || lexicon_.articles.contains(opening) || lexicon_.prepositions.contains(opening) ||
           lexicon_.inner_prepositions.contains(opening);
  }

  void follow_slot(const RelationWords::Edge& edge, std::uint32_t at, std::size_t i, std::size_t start) {
    const bool may_describe = at != 0 && i > 0 && is_opened_by(i - 1);
    for (std::size_t described = 0; !is_slot(i); ++i, ++described) {
      if (!may_describe || described == describing_words_max || i >= tokens_.size() || is_mark(i) || !may_fill(i))
        return;
    }
    if (i >= tokens_.size() || (at == 0 && !may_begin(i))) return;
    auto& bound = edge.kind == EdgeKind::slot_a ? path_.a : path_.b;
    const auto kept = bound;
    for (const auto& [end, slots] : lists_at(i)) {
      bound = slots;
      walk(edge.target, end, start);
      // "Hayat Tahrir al-Cham (HTS), …"
      if (const auto behind = behind_brackets(end)) walk(edge.target, *behind, start);
    }
    bound = kept;
  }

  /// The actor at `i` alone, and with those that are joined to it: "la Russie et l'Iran".
  std::vector<std::pair<std::size_t, std::vector<Slot>>> lists_at(std::size_t i) const {
    std::vector<std::pair<std::size_t, std::vector<Slot>>> lists = {{slots_[i].end, {slots_[i]}}};
    std::vector<Slot> slots = {slots_[i]};
    for (auto end = slots_[i].end; slots.size() < list_actors_max;) {
      auto next = end;
      const bool has_comma = next < tokens_.size() && is_mark(next) && words_at(next) == ",";
      if (has_comma) ++next;
      const bool has_conjunction = next < tokens_.size() && lexicon_.conjunctions.contains(key(next));
      if (has_conjunction) ++next;
      if (!has_comma && !has_conjunction) break;
      while (next < tokens_.size() && !is_slot(next) && lexicon_.articles.contains(key(next))) ++next;
      if (!is_slot(next)) break;
      slots.push_back(slots_[next]);
      end = slots_[next].end;
      if (has_conjunction) {
        lists.emplace_back(end, slots);
        break;
      }
    }
    return lists;
  }

  std::optional<std::size_t> behind_brackets(std::size_t i) const {
    if (i + 2 >= tokens_.size() || !is_mark(i) || words_at(i) != "(") return {};
    const auto close = is_slot(i + 1) ? slots_[i + 1].end : i + 2;
    if (close >= tokens_.size() || words_at(close) != ")") return {};
    return close + 1;
  }

  std::uint32_t type_bit(const Slot& slot) const {
    const auto type = slot.actor == none ? ActorType::state : actors_[slot.actor].type;
    return 1u << static_cast<std::uint32_t>(type);
  }

  bool fits(std::uint32_t rule) const {
    const auto& wanted = words_.rule(rule);
    const auto are_of = [&](const std::vector<Slot>& slots, std::uint32_t types) {
      return !slots.empty() &&
             std::all_of(slots.begin(), slots.end(), [&](const Slot& slot) { return (type_bit(slot) & types) != 0; });
    };
    return are_of(path_.a, wanted.types_of_a) && are_of(path_.b, wanted.types_of_b);
  }

  void keep(std::size_t start) {
    const auto& rule = words_.rule(best_rule_);
    const Span span = hull(tokens_[start].span, tokens_[best_end_ - 1].span);
    for (const Slot& a : best_.a) {
      for (const Slot& b : best_.b) {
        if (a.actor == b.actor && a.country == b.country) continue;
        if (a.actor != none && a.actor == b.actor) continue;
        Found found;
        found.relation = {a.actor, rule.kind, b.actor, block_, span, time_at(span), rule.is_former};
        found.country_a = a.country;
        found.country_b = b.country;
        found.words_a = a.words;
        found.words_b = b.words;
        const bool is_known = std::any_of(found_.begin(), found_.end(), [&](const Found& other) {
          return other.relation.block == block_ && other.relation.span.overlaps(span) &&
                 other.relation.kind == rule.kind && other.relation.a == a.actor && other.relation.b == b.actor &&
                 other.country_a == a.country && other.country_b == b.country;
        });
        if (!is_known) found_.push_back(found);
      }
    }
  }

  std::optional<std::uint32_t> time_at(Span span) const {
    for (std::size_t t = 0; t < facts_.times.size(); ++t) {
      const auto& time = facts_.times[t];
      if (time.block != block_ || !time.has_year) continue;
      if (span.contains(time.span) ||
          (time.span.begin >= span.end && time.span.begin < span.end + time_distance_bytes_max))
        return static_cast<std::uint32_t>(t);
    }
    return {};
  }

  const Article& article_;
  const text::Text& text_;
  const ArticleFacts& facts_;
  const std::vector<Actor>& actors_;
  const States& states_;
  const RelationWords& words_;
  const Lexicon& lexicon_;
  const ActorWords& actor_words_;
  std::vector<Found> found_;

  // Of the sentence at hand.
  std::span<const Token> tokens_;
  BlockIndex block_ = 0;
  std::vector<Slot> slots_;  ///< that begin at each token
  Bound path_, best_;
  std::size_t best_end_ = 0;
  std::uint32_t best_rule_ = 0;
};

Actor state_of(std::uint32_t country, const knowledge::Knowledge& knowledge) {
  Actor state;
  state.name = knowledge.country(country).name;
  state.type = ActorType::state;
  state.iso = knowledge.country(country).iso;
  state.key = "country " + state.iso;
  return state;
}

/// Adds a mention in its place; false where another stands there.
bool mention(std::vector<Mention>& mentions, const Mention& added) {
  const auto at = std::lower_bound(mentions.begin(), mentions.end(), added.span.begin,
                                   [](const Mention& other, std::uint32_t begin) { return other.span.end <= begin; });
  if (at != mentions.end() && at->span.overlaps(added.span)) return false;
  mentions.insert(at, added);
  return true;
}

}  // namespace

void find_relations(std::span<const Article> articles, std::span<const text::Text> texts,
                    const knowledge::Knowledge& knowledge, const std::map<Language, Lexicon>& lexicons,
                    const std::map<Language, ActorWords>& actor_words, Facts& facts, unsigned threads) {
  States states(facts, knowledge);
  std::map<Language, RelationWords> words;
  for (const text::Text& text : texts) words.try_emplace(text.language, knowledge.pack(text.language));
  std::vector<std::vector<Found>> found(articles.size());
  for_each_index(articles.size(), threads, [&](std::size_t i) {
    const auto& of_language = words.at(texts[i].language);
    if (of_language.empty()) return;
    const auto& own_actor_words = actor_words.at(texts[i].language);
    found[i] = ArticleReader(articles[i], texts[i], facts.articles[i], facts.actors, states, of_language,
                             lexicons.at(texts[i].language), own_actor_words)
                   .run();
    own_actor_words.make_room();
  });
  const auto first_made = facts.actors.size();
  const auto actor_of = [&](std::uint32_t actor, std::uint32_t country) {
    if (actor != none) return actor;
    auto& state = states.actor_of_country[country];
    if (state == none) {
      state = static_cast<std::uint32_t>(facts.actors.size());
      facts.actors.push_back(state_of(country, knowledge));
    }
    return state;
  };
  for (std::size_t i = 0; i < articles.size(); ++i) {
    for (Found& one : found[i]) {
      auto& relation = one.relation;
      relation.a = actor_of(relation.a, one.country_a);
      relation.b = actor_of(relation.b, one.country_b);
      for (const auto& [actor, words] : {std::pair(relation.a, one.words_a), {relation.b, one.words_b}}) {
        if (actor >= first_made && mention(facts.articles[i].mentions, {relation.block, words, actor, true})) {
          facts.actors[actor].forms[texts[i].language].insert(std::string(articles[i].words_at(words)));
          ++facts.actors[actor].mentions;
        }
      }
      facts.articles[i].relations.push_back(relation);
    }
  }
}

}  // namespace depesche::facts
