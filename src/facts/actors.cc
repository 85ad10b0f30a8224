// Within an article a short form means the long form that the article prints: "Zakharova" is "Maria Zakharova", "OSDH"
// is what it stands in brackets behind, "l'Observatoire" is the longer phrase that begins so. Across articles equal
// folded forms are one actor, names of agencies and countries in any language are one by their tables, and everything
// else stays apart: a doubtful link is worse than none.
#include "facts/actors.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/unicode.h"
#include "facts/romanise.h"

namespace depesche::facts {
namespace {

std::string_view last_word(std::string_view folded) {
  const auto blank = folded.rfind(' ');
  return blank == std::string_view::npos ? folded : folded.substr(blank + 1);
}

/// What a speaker's words stand for, before forms are linked.
struct Identity {
  std::string key;   ///< equal keys are one actor
  std::string name;  ///< to be printed
  ActorType type;
  std::string iso;
  std::string long_form;  ///< as the article prints it elsewhere; empty where the words themselves are all there is
};

class Linker {
 public:
  Linker(const knowledge::Agencies& agencies, const knowledge::Knowledge& knowledge)
      : agencies_(agencies), knowledge_(knowledge) {}

  void read_article(const Article& article, const text::Text& text, ArticleMouths& mouths) {
    learn_forms(article, mouths);
    for (Attribution& attribution : mouths.attributions) {
      Statement& statement = attribution.statement;
      const auto words = article.words_at(statement.speaker);
      statement.actor = note(identify(words, attribution.speaker_kind, text.language), text.language, words);
    }
    for (const Credit& credit : mouths.credits)
      note(identity_of(*agencies_.by_name(credit.agency)), text.language, credit.agency);
  }

  /// The actors sorted by name; `renumber[i]` is the new place of actor i.
  std::vector<Actor> finish(std::vector<std::uint32_t>& renumber) {
    std::vector<std::uint32_t> order(actors_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
      return std::tie(actors_[x].name, keys_[x]) < std::tie(actors_[y].name, keys_[y]);
    });
    renumber.resize(actors_.size());
    std::vector<Actor> sorted;
    for (const std::uint32_t i : order) {
      renumber[i] = static_cast<std::uint32_t>(sorted.size());
      sorted.push_back(std::move(actors_[i]));
    }
    return sorted;
  }

 private:
  /// The long forms of this article, by what may stand for them: the last word of a name, an acronym, the head of a
  /// phrase. What may stand for two stands for none: in an article on both, "Macron" is neither Emmanuel nor Brigitte.
  void learn_forms(const Article& article, const ArticleMouths& mouths) {
    long_forms_.clear();
    for (const Span name : mouths.full_names.names) {
      const auto words = article.words_at(name);
      const auto folded = fold(words);
      const auto last = last_word(folded);
      if (last.size() < folded.size()) learn(std::string(last), words);
      learn_acronym(article, name);
    }
    // "l'Observatoire" for "l'Observatoire syrien …": by its first word.
    for (const Span body : mouths.full_names.bodies) {
      const auto words = article.words_at(body);
      const auto folded = fold(words);
      const auto first = folded.substr(0, folded.find(' '));
      if (first.size() < folded.size()) learn(first, words);
      learn_acronym(article, body);
    }
  }

  void learn(const std::string& form, std::string_view words) {
    const auto [entry, is_new] = long_forms_.try_emplace(form, words);
    if (is_new || entry->second.empty()) return;
    const auto known = fold(entry->second);
    const auto other = fold(words);
    if (known == other) return;
    // One longer than the other is the same said more fully.
    if (known.find(other) != std::string::npos) return;
    entry->second = other.find(known) != std::string::npos ? words : std::string_view();
  }

  /// "… des droits de l'homme (OSDH)"
  void learn_acronym(const Article& article, Span name) {
    const auto behind = std::string_view(article.text).substr(name.end, 16);
    const auto open = behind.find('(');
    const auto close = behind.find(')');
    if (open > 1 || close == std::string_view::npos || close <= open + 2) return;
    const auto acronym = behind.substr(open + 1, close - open - 1);
    if (acronym.find(' ') == std::string_view::npos) learn(fold(acronym), article.words_at(name));
  }

  Identity identity_of(const knowledge::Agency& agency) const {
    return {"agency " + agency.name, agency.name, agency.is_outlet ? ActorType::outlet : ActorType::news_agency, "",
            ""};
  }

  Identity identify(std::string_view words, SpeakerKind kind, Language language) const {
    if (const auto* agency = agency_that_speaks(words, kind)) return identity_of(*agency);
    auto folded = fold(words);
    const bool is_one_word = folded.find(' ') == std::string::npos;
    if (kind == SpeakerKind::name) {
      if (auto place = place_that_speaks(folded, language)) return *place;
    }
    const auto longer = long_forms_.find(folded);
    if (longer != long_forms_.end() && !longer->second.empty() && (is_one_word || kind != SpeakerKind::name)) {
      words = longer->second;
      folded = fold(words);
    }
    const bool is_person = kind == SpeakerKind::name && folded.find(' ') != std::string::npos;
    const auto name = romanised(words);
    return {fold(name), name, is_person ? ActorType::person : ActorType::organisation, "", std::string(words)};
  }

  /// The agency that is itself the speaker: the whole of a name, or the end of a body ("l'agence officielle Sana"). A
  /// spokesman for Reuters is not Reuters.
  const knowledge::Agency* agency_that_speaks(std::string_view words, SpeakerKind kind) const {
    if (kind == SpeakerKind::office) return nullptr;
    const auto found = agencies_.find(words, false);
    if (!found || found->span.end != words.size()) return nullptr;
    return kind == SpeakerKind::body || found->span.begin == 0 ? found->agency : nullptr;
  }

  /// A country, or a town that stands for the government that sits there.
  std::optional<Identity> place_that_speaks(const std::string& folded, Language language) const {
    const auto countries = knowledge_.meanings(folded, knowledge::NameKind::country, language);
    if (!countries.empty()) {
      const auto country = knowledge_.country(countries[0]);
      return Identity{"country " + std::string(country.iso), std::string(country.name), ActorType::state,
                      std::string(country.iso), ""};
    }
    const auto towns = knowledge_.meanings(folded, knowledge::NameKind::town, language);
    if (towns.empty() || long_forms_.contains(folded)) return {};
    const auto town = knowledge_.town(towns[0]);
    return Identity{"town " + std::to_string(town.geonames_id), std::string(town.name), ActorType::government_body,
                    std::string(town.country), ""};
  }

  std::uint32_t note(const Identity& identity, Language language, std::string_view form) {
    const auto [entry, is_new] = by_key_.try_emplace(identity.key, static_cast<std::uint32_t>(actors_.size()));
    if (is_new) {
      actors_.push_back(
          {.name = identity.name, .type = identity.type, .iso = identity.iso, .forms = {}, .mentions = 0});
      keys_.push_back(identity.key);
    }
    Actor& actor = actors_[entry->second];
    actor.forms[language].emplace(form);
    if (!identity.long_form.empty()) actor.forms[language].insert(identity.long_form);
    ++actor.mentions;
    return entry->second;
  }

  const knowledge::Agencies& agencies_;
  const knowledge::Knowledge& knowledge_;
  std::map<std::string, std::string_view, std::less<>> long_forms_;
  std::map<std::string, std::uint32_t> by_key_;
  std::vector<Actor> actors_;
  std::vector<std::string> keys_;
};

}  // namespace

std::vector<Actor> link_actors(std::span<const Article> articles, std::span<const text::Text> texts,
                               const knowledge::Agencies& agencies, const knowledge::Knowledge& knowledge,
                               std::span<ArticleMouths> mouths) {
  Linker linker(agencies, knowledge);
  for (std::size_t i = 0; i < articles.size(); ++i) linker.read_article(articles[i], texts[i], mouths[i]);
  std::vector<std::uint32_t> renumber;
  auto actors = linker.finish(renumber);
  for (ArticleMouths& article : mouths) {
    for (Attribution& attribution : article.attributions)
      attribution.statement.actor = renumber[attribution.statement.actor];
  }
  return actors;
}

}  // namespace depesche::facts
