// Across articles actors are one where that is certain:
//
//   Россия, la Russie              by the table of countries; so are agencies, known bodies, the army of a country
//   Maria Sacharowa, Maria Zakharova   full names that sound alike, where no second person of the pile does
//   Lavrov                         the one person of the pile of that family's name
//   HTS                            what any article of the pile introduces by that acronym, if it is one
//
// Everything else stays apart: a doubtful link is worse than none, and is told in `Actor::may_be`.
#include "facts/actors.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "core/unicode.h"
#include "facts/names.h"
#include "facts/romanise.h"

namespace depesche::facts {
namespace {

std::string last_word(const std::string& folded) {
  const auto blank = folded.rfind(' ');
  return blank == std::string::npos ? folded : folded.substr(blank + 1);
}

/// White space squeezed.
std::string on_one_line(std::string_view words) {
  std::string out;
  for (const char c : words) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!is_blank) out += c;
    if (is_blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

/// In a script that has no capitals every letter is small.
bool has_small_letter(std::string_view words) {
  for (std::uint32_t i = 0; i < words.size();) {
    const auto [c, next] = code_point_at(words, i);
    const bool is_digit = c >= U'0' && c <= U'9';
    if (is_word_char(c) && !is_capital(c) && !is_digit) return true;
    i = next;
  }
  return false;
}

/// Shorter words of an office are articles and prepositions.
constexpr std::size_t office_word_bytes_min = 3;
constexpr std::uint32_t nobody = ~0u;

class Linker {
 public:
  Linker(std::span<const Article> articles, std::span<const text::Text> texts, const ActorKnowledge& shared,
         std::span<ArticleMouths> mouths)
      : articles_(articles), texts_(texts), shared_(shared), mouths_(mouths), names_alike_(shared.knowledge) {}

  LinkedActors run() {
    for (const auto& mouth : mouths_) {
      for (const auto& actor : mouth.named.actors) {
        learn_short_forms(actor);
        if (actor.type == ActorType::armed_group && actor.is_named) groups_.insert(fold(romanised(actor.name)));
      }
    }
    linked_.resize(articles_.size());
    for (std::uint32_t i = 0; i < articles_.size(); ++i) {
      linked_[i].assign(mouths_[i].named.actors.size(), nobody);
      for (std::uint32_t a = 0; a < linked_[i].size(); ++a) {
        if (!is_family_name_alone(mouths_[i].named.actors[a])) linked_[i][a] = link(i, mouths_[i].named.actors[a]);
      }
    }
    // Family names come when all full names are known.
    for (std::uint32_t i = 0; i < articles_.size(); ++i) {
      for (std::uint32_t a = 0; a < linked_[i].size(); ++a) {
        if (linked_[i][a] == nobody) linked_[i][a] = link_family_name(i, mouths_[i].named.actors[a]);
      }
    }
    LinkedActors out;
    out.mentions.resize(articles_.size());
    for (std::uint32_t i = 0; i < articles_.size(); ++i) note_article(i, out.mentions[i]);
    finish(out);
    return out;
  }

 private:
  static bool is_family_name_alone(const ArticleActor& actor) {
    return actor.type == ActorType::person && !actor.has_full_name && actor.key.empty();
  }

  void learn_short_forms(const ArticleActor& actor) {
    if (!actor.key.empty()) return;
    for (const auto& form : actor.short_forms) {
      const auto [entry, is_new] = long_forms_.try_emplace(fold(form), fold(romanised(actor.name)));
      if (!is_new && entry->second != fold(romanised(actor.name))) entry->second.clear();
    }
  }

  std::uint32_t actor_by(const std::string& key, const ArticleActor& like) {
    const auto [entry, is_new] = by_key_.try_emplace(key, static_cast<std::uint32_t>(actors_.size()));
    if (is_new) {
      Actor& actor = actors_.emplace_back();
      actor.key = key;
      actor.type = like.type;
      actor.name = like.name;
      actor.is_named = false;
      names_.emplace_back();
      is_kept_.push_back(false);
    }
    Actor& actor = actors_[entry->second];
    if (actor.iso.empty()) actor.iso = like.iso;
    const bool is_somebody = (like.is_named && !like.is_doubted) || like.type == ActorType::population;
    actor.is_named |= like.is_named || like.type == ActorType::population;
    is_kept_[entry->second] = is_kept_[entry->second] || is_somebody;
    return entry->second;
  }

  std::uint32_t link(std::uint32_t i, const ArticleActor& actor) {
    const auto language = texts_[i].language;
    if (!actor.key.empty()) return actor_by(actor.key, actor);
    auto folded = fold(romanised(actor.name));
    std::uint32_t found = nobody;
    if (!actor.is_named) {
      found = actor_by("description " + articles_[i].id + " " + folded, actor);
    } else if (actor.type == ActorType::person && (!groups_.contains(folded) || !actor.roles.empty())) {
      found = link_person(language, actor, folded);
    } else {
      const auto longer = long_forms_.find(folded);
      if (longer != long_forms_.end() && !longer->second.empty()) folded = longer->second;
      found = actor_by("name " + folded, actor);
      // What one article takes for an organisation another may know better.
      const bool is_known_better =
          actors_[found].type == ActorType::organisation || actors_[found].type == ActorType::person;
      if (is_known_better) actors_[found].type = actor.type;
    }
    ++names_[found][{language, on_one_line(actor.name)}];
    return found;
  }

  std::uint32_t link_person(Language language, const ArticleActor& actor, const std::string& folded) {
    const auto key = "person " + folded;
    if (const auto known = by_key_.find(key); known != by_key_.end()) return known->second;
    const auto name = names_alike_.read(actor.name, language);
    const auto keys = blocking_keys(name);
    std::vector<std::uint32_t> alike;
    count_parts_met(name);
    for_each_sounding(keys, true, [&](const Sounding& other) {
      const bool is_noted = std::find(alike.begin(), alike.end(), other.actor) != alike.end();
      if (!is_noted && names_alike_.are_same(name, other.name, heard_)) alike.push_back(other.actor);
    });
    const auto found = alike.size() == 1 ? alike[0] : actor_by(key, actor);
    if (alike.size() == 1) {
      by_key_.emplace(key, found);
    } else {
      actors_[found].may_be = alike;
    }
    for (const auto key : keys) by_sound_[key].push_back(static_cast<std::uint32_t>(sounding_.size()));
    for (const NamePart& joined : name.joined) {
      for (const auto key : joined.word.lookup)
        by_joined_sound_[key].push_back(static_cast<std::uint32_t>(sounding_.size()));
    }
    sounding_.push_back({found, name, language});
    auto& bearers = by_family_[last_word(folded)];
    if (std::find(bearers.begin(), bearers.end(), found) == bearers.end()) bearers.push_back(found);
    return found;
  }

  std::uint32_t link_family_name(std::uint32_t i, const ArticleActor& actor) {
    const auto language = texts_[i].language;
    const auto folded = fold(romanised(actor.name));
    auto bearers = by_family_[last_word(folded)];
    if (bearers.empty()) {
      const auto name = names_alike_.read(actor.name, language);
      for_each_sounding(blocking_keys(name), false, [&](const Sounding& other) {
        if (other.language == language || names_alike_.same_name(name, other.name, &heard_) < family_name_alike_min)
          return;
        if (std::find(bearers.begin(), bearers.end(), other.actor) == bearers.end()) bearers.push_back(other.actor);
      });
    }
    const auto found = bearers.size() == 1 ? bearers[0] : actor_by("family " + folded, actor);
    if (bearers.size() > 1) actors_[found].may_be = bearers;
    if (bearers.size() != 1) ++names_[found][{language, on_one_line(actor.name)}];
    return found;
  }

  // -- what stands in an article ------------------------------------------------------------------------------------

  void note(std::uint32_t actor, Language language, std::string_view form) {
    actors_[actor].forms[language].insert(on_one_line(form));
    ++actors_[actor].mentions;
  }

  void note_article(std::uint32_t i, std::vector<Mention>& mentions) {
    const auto& article = articles_[i];
    const auto language = texts_[i].language;
    const auto& named = mouths_[i].named;
    for (const auto& mention : named.mentions) {
      const auto actor = linked_[i][mention.actor];
      mentions.push_back({mention.block, mention.span, actor, mention.is_description});
      note(actor, language, article.words_at(mention.span));
    }
    for (std::uint32_t a = 0; a < named.actors.size(); ++a) {
      for (const auto& [block, span] : named.actors[a].roles) note_role(linked_[i][a], i, block, span);
    }
    for (Attribution& attribution : mouths_[i].attributions) {
      Statement& statement = attribution.statement;
      statement.actor = speaker_of(i, statement.speaker, attribution.speaker_kind);
      if (!statement.addressee.empty())
        statement.addressee_actor = party_of(i, statement.addressee, attribution.addressee_kind);
      for (std::size_t k = 0; k < statement.via.size(); ++k)
        statement.via[k].actor = speaker_of(i, statement.via[k].words, attribution.via_kinds[k]);
    }
    for (const Credit& credit : mouths_[i].credits) note(agency(credit.agency), language, credit.agency);
  }

  void note_role(std::uint32_t actor, std::uint32_t i, BlockIndex block, Span span) {
    auto words = on_one_line(articles_[i].words_at(span));
    auto& roles = actors_[actor].roles;
    const bool is_known = std::any_of(roles.begin(), roles.end(), [&](const HeldRole& r) { return r.words == words; });
    if (!is_known) roles.push_back({std::move(words), {i, block, span}});
  }

  std::uint32_t agency(const std::string& name) {
    ArticleActor like;
    like.name = name;
    like.type = ActorType::news_agency;
    for (const auto& known : shared_.known_names) {
      if (known.name != name) continue;
      like.type = known.type;
      like.iso = known.iso;
    }
    like.is_named = true;
    return actor_by("known " + name, like);
  }

  /// The actor whom the words of a speaker name; of an office the person who holds it in this article; an actor of its own
  /// where neither is there.
  std::uint32_t speaker_of(std::uint32_t i, Span words, SpeakerKind kind) {
    const auto found = party_of(i, words, kind);
    if (!found) return described(i, words, kind);
    is_kept_[*found] = true;
    return *found;
  }

  /// The actor of the article that the words of a party name; nothing where they only describe somebody.
  std::optional<std::uint32_t> party_of(std::uint32_t i, Span words, SpeakerKind kind) const {
    const auto& named = mouths_[i].named;
    std::optional<std::uint32_t> found;
    std::uint32_t bytes = 0;  // of the words that name it
    if (kind == SpeakerKind::unknown) return {};
    const auto first =
        std::partition_point(named.mentions.begin(), named.mentions.end(),
                             [&](const ActorMention& mention) { return mention.span.end <= words.begin; });
    for (auto mention = first; mention != named.mentions.end() && mention->span.begin < words.end; ++mention) {
      const bool is_person = named.actors[mention->actor].type == ActorType::person;
      // "la Source a ajouté": a capital that no article of the pile tells more of.
      if (named.actors[mention->actor].is_doubted && !is_person && !is_kept_[linked_[i][mention->actor]]) continue;
      // "la porte-parole de l'armée, Anna Muster": the office speaks, not the army.
      if (kind == SpeakerKind::office && !is_person) continue;
      // "the Muster campaign", "supporters of Muster": not she.
      const bool is_whole = mention->span.begin <= words.begin + 4 && mention->span.size() * 2 >= words.size();
      if ((kind == SpeakerKind::body || kind == SpeakerKind::common) && is_person) continue;
      if (kind == SpeakerKind::common && !is_whole) continue;
      if (!found || (is_person && named.actors[*found].type != ActorType::person)) {
        found = mention->actor;
        bytes = mention->span.size();
      }
    }
    if (!found && kind == SpeakerKind::office) found = holder_of(i, words);
    // "l'autorité du port" says more than "l'autorité".
    const bool is_vague =
        found && words.size() > bytes && !named.actors[*found].is_named && named.actors[*found].key.empty();
    if (!found || is_vague) return {};
    return linked_[i][*found];
  }

  /// The one person of the article whose office holds all words of this one: "le ministre", not "Israeli officials" for the prime
  /// minister of Israel.
  std::optional<std::uint32_t> holder_of(std::uint32_t i, Span office) const {
    const auto words = fmt::format(" {} ", fold(articles_[i].words_at(office)));
    const auto holds_all = [&](Span role) {
      const auto held = fmt::format(" {} ", fold(articles_[i].words_at(role)));
      for (std::size_t at = 0, next; (next = words.find(' ', at + 1)) != std::string::npos; at = next) {
        if (next - at > office_word_bytes_min && held.find(words.substr(at, next - at + 1)) == std::string::npos)
          return false;
      }
      return true;
    };
    std::optional<std::uint32_t> holder;
    const auto& actors = mouths_[i].named.actors;
    for (std::uint32_t a = 0; a < actors.size(); ++a) {
      const bool holds = std::any_of(actors[a].roles.begin(), actors[a].roles.end(),
                                     [&](const auto& role) { return holds_all(role.second); });
      if (holds && holder) return {};
      if (holds) holder = a;
    }
    return holder;
  }

  /// Somebody who speaks and is named nowhere: "une source militaire". A town speaks for its government.
  std::uint32_t described(std::uint32_t i, Span span, SpeakerKind kind) {
    const auto language = texts_[i].language;
    const auto words = articles_[i].words_at(span);
    const auto folded = fold(words);
    ArticleActor like;
    like.name = std::string(words);
    like.is_named = kind == SpeakerKind::name && folded.find(' ') == std::string::npos;
    const auto name_key = "name " + fold(romanised(words));
    const auto namesake = by_key_.find(name_key);
    auto key = namesake != by_key_.end() && is_kept_[namesake->second] ? name_key : "speaker " + fold(romanised(words));
    // "he" is another in each article.
    if (kind == SpeakerKind::unknown) key += " " + articles_[i].id;
    if (kind == SpeakerKind::office) like.type = ActorType::person;
    if (kind == SpeakerKind::name) {
      const bool is_in_capitals = !has_small_letter(words);
      // One word that no person is called by is more often an organisation: "Hafenbau said".
      const bool is_of_person =
          (by_family_.contains(folded) || shared_.is_of_person(std::string_view(folded).substr(0, folded.find(' ')))) &&
          !ends_with_country(folded, language);
      like.type = is_in_capitals || !is_of_person ? ActorType::organisation : ActorType::person;
      const auto towns = shared_.knowledge.meanings(folded, knowledge::NameKind::town, language);
      const auto countries = shared_.knowledge.meanings(folded, knowledge::NameKind::country, language);
      if (!countries.empty()) {
        const auto country = shared_.knowledge.country(countries[0]);
        like.type = ActorType::state;
        like.iso = country.iso;
        like.name = country.name;
        like.is_named = true;
        key = "country " + like.iso;
      } else if (!towns.empty() && stands_at_place(i, span)) {
        const auto town = shared_.knowledge.town(towns[0]);
        like.is_named = true;
        like.type = ActorType::government_body;
        like.iso = town.country;
        like.name = town.name;
        key = "town " + std::to_string(town.geonames_id);
        for (const auto id : shared_.knowledge.meanings(fold(town.name), knowledge::NameKind::capital, Language())) {
          const auto country = shared_.knowledge.country(id);
          if (country.iso != town.country) continue;
          like.type = ActorType::state;
          like.name = country.name;
          key = "country " + like.iso;
        }
      }
    }
    if (like.type == ActorType::person && kind == SpeakerKind::name && !stands_at_place(i, span)) {
      const auto bearers = by_family_.find(folded);
      if (bearers != by_family_.end() && bearers->second.size() == 1) {
        note(bearers->second[0], language, words);
        return bearers->second[0];
      }
      like.is_named = false;  // a capital alone may be any word
    }
    if (like.type == ActorType::person && stands_at_place(i, span)) like.type = ActorType::government_body;
    const auto actor = actor_by(key, like);
    is_kept_[actor] = true;
    note(actor, language, words);
    if (!key.starts_with("country ")) ++names_[actor][{language, on_one_line(like.name)}];
    return actor;
  }

  /// "МИД России"
  bool ends_with_country(const std::string& folded, Language language) const {
    return !shared_.knowledge.meanings(last_word(folded), knowledge::NameKind::country, language).empty();
  }

  bool stands_at_place(std::uint32_t i, Span span) const {
    const auto& places = mouths_[i].named.places;
    return std::any_of(places.begin(), places.end(), [&](const auto& place) { return place.second.overlaps(span); });
  }

  // -- the pile -----------------------------------------------------------------------------------------------------

  /// What an actor is called: in English if an article does, else as most do.
  std::string name_of_actor(std::uint32_t actor) const {
    if (names_[actor].empty()) return romanised(actors_[actor].name);
    const auto blanks = [](std::string_view s) { return std::count(s.begin(), s.end(), ' '); };
    const auto* best = &*names_[actor].begin();
    const auto rank = [&](const auto& entry) {
      const bool is_person = actors_[actor].type == ActorType::person;
      return std::tuple(entry.first.first == Language("en"), !has_letters_of_another_script(entry.first.second),
                        is_person ? 0 : blanks(entry.first.second), entry.second);
    };
    for (const auto& entry : names_[actor]) {
      if (rank(entry) > rank(*best)) best = &entry;
    }
    return romanised(best->first.second);
  }

  void finish(LinkedActors& out) {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < actors_.size(); ++i) {
      actors_[i].name = name_of_actor(i);
      if (is_kept_[i] && actors_[i].mentions > 0) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
      return std::tie(actors_[x].name, actors_[x].key) < std::tie(actors_[y].name, actors_[y].key);
    });
    std::vector<std::uint32_t> renumber(actors_.size(), nobody);
    for (std::uint32_t i = 0; i < order.size(); ++i) renumber[order[i]] = i;
    for (const auto i : order) {
      for (auto& other : actors_[i].may_be) other = renumber[other];
      std::erase(actors_[i].may_be, nobody);
      out.actors.push_back(std::move(actors_[i]));
    }
    for (auto& mentions : out.mentions) {
      for (auto& mention : mentions) mention.actor = renumber[mention.actor];
      std::erase_if(mentions, [](const Mention& mention) { return mention.actor == nobody; });
    }
    for (ArticleMouths& mouth : mouths_) {
      for (Attribution& attribution : mouth.attributions) {
        Statement& statement = attribution.statement;
        statement.actor = renumber[statement.actor];
        for (Relay& relay : statement.via) relay.actor = renumber[relay.actor];
        if (statement.addressee_actor && renumber[*statement.addressee_actor] == nobody)
          statement.addressee_actor.reset();
        if (statement.addressee_actor) statement.addressee_actor = renumber[*statement.addressee_actor];
      }
    }
  }

  /// A full name of a person.
  struct Sounding {
    std::uint32_t actor;
    PersonName name;
    Language language;
    std::uint32_t asked = 0;      ///< when it was last held against another
    std::uint32_t counted = 0;    ///< when `parts_met` was last made
    std::uint32_t parts_met = 0;  ///< of another name, a bit each
  };

  /// Each name that shares a key, once however many it shares. Of a key with many names, where `is_full` only those that
  /// `count_parts_met` found to share two parts.
  template <class Each>
  void for_each_sounding(const std::vector<std::uint64_t>& keys, bool is_full, const Each& each) {
    ++asked_;
    for (const auto key : keys) {
      const auto found = by_sound_.find(key);
      if (found == by_sound_.end() || found->second.size() > names_of_key_max) continue;
      const bool takes_two = is_full && found->second.size() > names_compared_max;
      for (const auto k : found->second) {
        Sounding& other = sounding_[k];
        if (other.asked == asked_ || (takes_two && !shares_two_parts(other))) continue;
        other.asked = asked_;
        each(other);
      }
    }
  }

  /// Notes with which parts of `name`, words and neighbours that may be one word, other names share keys.
  void count_parts_met(const PersonName& name) {
    ++counted_;
    parts_told_by_none_ = 0;
    std::uint32_t part = 1;
    const auto note = [&](const auto& index, std::uint64_t key) {
      const auto found = index.find(key);
      if (found == index.end()) return;
      if (found->second.size() > names_of_key_max) {
        parts_told_by_none_ |= part;
        return;
      }
      for (const auto k : found->second) {
        Sounding& other = sounding_[k];
        if (other.counted != counted_) other.parts_met = 0;
        other.counted = counted_;
        other.parts_met |= part;
      }
    };
    for (const NamePart& word : name.words) {
      for (const auto key : word.word.lookup) {
        note(by_sound_, key);
        note(by_joined_sound_, key);
      }
      part <<= 1;
    }
    for (const NamePart& joined : name.joined) {
      for (const auto key : joined.word.lookup) note(by_sound_, key);
      part <<= 1;
    }
  }

  /// Two words at least must agree. A part whose key too many share may be met in any name.
  bool shares_two_parts(const Sounding& other) const {
    const auto met = other.counted == counted_ ? other.parts_met : 0u;
    return std::popcount(met) + ((parts_told_by_none_ & ~met) != 0 ? 1 : 0) > 1;
  }

  /// A key that more names of the pile share tells nothing, and would cost a square.
  static constexpr std::size_t names_of_key_max = 256;
  /// Of a key that more share, only names are compared that share a second one, as in `candidate_pairs`.
  static constexpr std::size_t names_compared_max = 16;
  /// A family's name alone agrees so much with that in a full name (at most NameMatcher::one_word_max).
  static constexpr double family_name_alike_min = 0.62;

  std::span<const Article> articles_;
  std::span<const text::Text> texts_;
  const ActorKnowledge& shared_;
  std::span<ArticleMouths> mouths_;
  const NameMatcher names_alike_;
  std::unordered_set<std::string> groups_;  ///< folded names of armed groups, which other articles may take for persons
  std::map<std::string, std::string> long_forms_;   ///< by acronym; empty where it stands for two
  std::vector<std::vector<std::uint32_t>> linked_;  ///< by article and ArticleActors::actors
  std::unordered_map<std::string, std::uint32_t> by_key_;
  std::vector<Sounding> sounding_;
  std::uint32_t asked_ = 0, counted_ = 0;
  std::uint32_t parts_told_by_none_ = 0;
  HeardPairs heard_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_sound_;         ///< into sounding_, by blocking key
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_joined_sound_;  ///< … of two neighbours as one word
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_family_;
  std::vector<Actor> actors_;
  std::vector<std::map<std::pair<Language, std::string>, std::uint32_t>> names_;  ///< how often each actor is called so
  std::vector<bool> is_kept_;                                                     ///< named, a population, or a speaker
};

}  // namespace

LinkedActors link_actors(std::span<const Article> articles, std::span<const text::Text> texts,
                         const ActorKnowledge& shared, std::span<ArticleMouths> mouths) {
  return Linker(articles, texts, shared, mouths).run();
}

}  // namespace depesche::facts
