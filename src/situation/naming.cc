// Rebels to one desk are terrorists to the other, and the words tell whose account it is.
//
//   "les rebelles syriens"        in AFP's own text          → rebels, AFP
//   « ces terroristes »           in a minister's quotation  → terrorists, the minister
//   die Rebellen                  in the German translation  → rebels, as in French
//
// The words that judge are in naming.rules, with one term for all languages, and of a kind (`armed`, `power`, `crowd`): only terms of one
// kind compete. "Der Verbündete" judges nothing and is not listed. An actor that all accounts call the same is not listed, either.
#include "situation/naming.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "facts/actor_words.h"
#include "facts/lexicon.h"

namespace depesche::situation {
namespace {

constexpr std::uint32_t none = ~0u;
/// "the terrorist group and organisation HTS": how many words may stand between a term and the name it describes.
constexpr std::size_t apposition_words_max = 3;
/// Words on either side that tell one passage from another.
constexpr std::size_t context_words = 4;

struct Term {
  std::string name;
  std::string kind;
  auto operator<=>(const Term&) const = default;
};

/// naming.rules of one language.
struct Terms {
  Terms(const knowledge::Pack& pack, std::vector<Term>& terms) : lexicon(pack) {
    for (const auto& rule : pack.section("naming")) {
      const Term term{rule.name, std::string(rule.value("kind"))};
      auto found = std::find(terms.begin(), terms.end(), term);
      if (found == terms.end()) found = terms.insert(terms.end(), term);
      for (const auto& word : rule.words("words"))
        table.add(facts::keys_of_phrase(word), static_cast<std::uint32_t>(found - terms.begin()));
    }
  }
  facts::Lexicon lexicon;
  facts::PhraseTable table;  ///< into `terms`
};

/// A term where it is used.
struct Use {
  ArticleIndex article = 0;
  BlockIndex block = 0;
  Span span;
  std::uint32_t term = 0;
  std::uint32_t actor = none;  ///< of whom it is said; of a population, which
  bool is_population = false;
  std::uint64_t context = 0;  ///< of the words around it
};

class Namer {
 public:
  Namer(std::span<const stories::Story> stories, const lineage::Lineage& lineage, const facts::Facts& facts,
        std::span<const Article> articles, std::span<const text::Text> texts, const knowledge::Knowledge& knowledge)
      : facts_(facts), articles_(articles), texts_(texts) {
    for (const auto& text : texts) languages_.try_emplace(text.language, knowledge.pack(text.language), terms_);
    story_of_.assign(articles.size(), none);
    for (std::uint32_t s = 0; s < stories.size(); ++s) {
      for (const auto article : stories[s].articles) story_of_[article] = s;
    }
    for (const auto& dispatch : lineage.dispatches) {
      if (!dispatch.origin.agency) continue;
      for (const auto& member : dispatch.members) {
        for (const auto block : member.blocks) agency_of_.try_emplace({member.article, block}, *dispatch.origin.agency);
      }
    }
  }

  std::vector<Naming> run() {
    for (ArticleIndex a = 0; a < articles_.size(); ++a) find_uses(a);
    for (Use& use : uses_) {
      if (use.is_population) use.actor = whom(use);
    }
    return listed();
  }

 private:
  // -- where terms stand -----------------------------------------------------------------------------------------

  void find_uses(ArticleIndex a) {
    const auto& text = texts_[a];
    const auto& language = languages_.at(text.language);
    keys_.clear();
    for (const auto& token : text.tokens)
      keys_.push_back(token.kind == text::TokenKind::mark ? facts::other_mark : token.form);
    for (const auto& sentence : text.sentences) {
      for (std::size_t i = sentence.first_token; i < sentence.last_token; ++i) {
        if (!language.table.begins(keys_[i])) continue;
        const auto found = language.table.match(std::span(keys_).first(sentence.last_token), i);
        if (found.size == 0) continue;
        add_use(a, sentence, i, i + found.size, found.value, language);
        i += found.size - 1;
      }
    }
  }

  void add_use(ArticleIndex a, const text::Sentence& sentence, std::size_t begin, std::size_t end, std::uint32_t term,
               const Terms& language) {
    const auto& tokens = texts_[a].tokens;
    Use use{a, sentence.block, hull(tokens[begin].span, tokens[end - 1].span), term, none, false, 0};
    const auto& mentions = facts_.articles[a].mentions;
    const auto mention = std::lower_bound(mentions.begin(), mentions.end(), use.span.begin,
                                          [](const facts::Mention& m, std::uint32_t at) { return m.span.end <= at; });
    if (mention == mentions.end()) return;
    if (mention->span.overlaps(use.span)) {
      use.actor = mention->actor;
      use.is_population = facts_.actors[use.actor].type == facts::ActorType::population;
    } else if (describes(a, end, sentence.last_token, *mention, language)) {
      use.actor = mention->actor;
    } else {
      return;
    }
    const auto from = begin - std::min<std::size_t>(begin - sentence.first_token, context_words);
    const auto to = std::min<std::size_t>(end + context_words, sentence.last_token);
    for (auto k = from; k < to; ++k) use.context = use.context * 31 + keys_[k];
    uses_.push_back(use);
  }

  /// Whether the words from token `i` on lead to the name of a group: "terrorist [group] HTS".
  bool describes(ArticleIndex a, std::size_t i, std::size_t last, const facts::Mention& mention,
                 const Terms& language) const {
    const auto type = facts_.actors[mention.actor].type;
    if (type != facts::ActorType::organisation && type != facts::ActorType::armed_group) return false;
    const auto& tokens = texts_[a].tokens;
    for (std::size_t words = 0; words <= apposition_words_max && i < last; ++words, ++i) {
      if (tokens[i].span.begin >= mention.span.begin) return tokens[i].span.begin < mention.span.end;
      const auto& lexicon = language.lexicon;
      if (tokens[i].kind == text::TokenKind::mark || lexicon.prepositions.contains(keys_[i]) ||
          lexicon.inner_prepositions.contains(keys_[i]) || lexicon.conjunctions.contains(keys_[i]) ||
          lexicon.articles.contains(keys_[i]))
        return false;
    }
    return false;
  }

  // -- whom a population stands for ------------------------------------------------------------------------------

  std::uint32_t whom(const Use& use) {
    if (terms_[use.term].kind == "armed") {
      if (const auto group = only_group_of({use.article}); group != none) return group;
      if (const auto group = only_group_of(articles_of_story(use.article)); group != none) return group;
    }
    return population_of_story(use);
  }

  std::vector<ArticleIndex> articles_of_story(ArticleIndex article) const {
    std::vector<ArticleIndex> all;
    for (ArticleIndex a = 0; a < story_of_.size(); ++a) {
      if (a == article || (story_of_[a] != none && story_of_[a] == story_of_[article])) all.push_back(a);
    }
    return all;
  }

  /// The one armed group that the articles name; `none` where they name several or none.
  std::uint32_t only_group_of(const std::vector<ArticleIndex>& articles) const {
    std::uint32_t group = none;
    for (const auto a : articles) {
      for (const auto& mention : facts_.articles[a].mentions) {
        const auto& actor = facts_.actors[mention.actor];
        if (actor.type != facts::ActorType::armed_group || !actor.is_named || mention.actor == group) continue;
        if (group != none) return none;
        group = mention.actor;
      }
    }
    return group;
  }

  /// The population that the story names most by terms of this kind.
  std::uint32_t population_of_story(const Use& use) {
    const auto& kind = terms_[use.term].kind;
    const auto story = story_of_[use.article];
    const auto [known, is_new] = population_.try_emplace({story == none ? none - use.article : story, kind}, none);
    if (!is_new) return known->second;
    std::map<std::uint32_t, std::uint32_t> counts;
    for (const Use& other : uses_) {
      const bool is_there = other.article == use.article || (story != none && story_of_[other.article] == story);
      if (!is_there || !other.is_population || terms_[other.term].kind != kind) continue;
      // Those told already stand for a group now.
      if (facts_.actors[other.actor].type == facts::ActorType::population) ++counts[other.actor];
    }
    std::uint32_t most = 0;
    for (const auto& [actor, count] : counts) {
      if (count <= most) continue;
      most = count;
      known->second = actor;
    }
    return known->second;
  }

  // -- what is listed --------------------------------------------------------------------------------------------

  std::optional<std::uint32_t> speaker_of(const Use& use) const {
    const auto& statements = facts_.articles[use.article].statements;
    for (const auto& statement : statements) {
      if (statement.block != use.block) continue;
      for (const Span content : statement.content) {
        if (content.contains(use.span)) return statement.actor;
      }
    }
    return {};
  }

  std::string outlet_of(const Use& use) const {
    const auto agency = agency_of_.find({use.article, use.block});
    if (agency != agency_of_.end()) return agency->second;
    const auto& article = articles_[use.article];
    return article.outlet.empty() ? article.id : article.outlet;
  }

  std::vector<Naming> listed() const {
    std::map<std::pair<std::uint32_t, std::string>, std::set<std::uint32_t>> terms_of;  // an actor and a kind
    for (const Use& use : uses_) {
      if (use.actor != none) terms_of[{use.actor, terms_[use.term].kind}].insert(use.term);
    }
    using Key = std::tuple<std::uint32_t, std::string, std::optional<std::uint32_t>, std::string>;
    std::map<Key, std::pair<Naming, std::set<std::uint64_t>>> all;
    for (const Use& use : uses_) {
      const Term& term = terms_[use.term];
      if (use.actor == none || terms_of.at({use.actor, term.kind}).size() < 2) continue;
      const auto speaker = speaker_of(use);
      const auto outlet = speaker ? std::string() : outlet_of(use);
      auto& [naming, contexts] = all[{use.actor, term.name, speaker, outlet}];
      naming.actor = use.actor;
      naming.term = term.name;
      naming.speaker = speaker;
      naming.outlet = outlet;
      naming.evidence.push_back({use.article, use.block, use.span});
      contexts.insert(use.context);
      naming.count = static_cast<std::uint32_t>(contexts.size());
    }
    std::vector<Naming> out;
    for (auto& [key, one] : all) out.push_back(std::move(one.first));
    return out;
  }

  const facts::Facts& facts_;
  std::span<const Article> articles_;
  std::span<const text::Text> texts_;
  std::vector<Term> terms_;
  std::map<Language, Terms> languages_;
  std::vector<std::uint32_t> story_of_;
  std::map<std::pair<ArticleIndex, BlockIndex>, std::string> agency_of_;
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> population_;  ///< of a story and a kind
  std::vector<facts::Key> keys_;                                               ///< of the article at hand
  std::vector<Use> uses_;
};

}  // namespace

std::vector<Naming> namings(std::span<const stories::Story> stories, const lineage::Lineage& lineage,
                            const facts::Facts& facts, std::span<const Article> articles,
                            std::span<const text::Text> texts, const knowledge::Knowledge& knowledge) {
  return Namer(stories, lineage, facts, articles, texts, knowledge).run();
}

}  // namespace depesche::situation
