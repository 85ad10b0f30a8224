#include "views/relations.h"

#include <set>
#include <tuple>

namespace depesche::views {
namespace {

using Json = nlohmann::ordered_json;

/// What all passages say of one relation.
struct Stated {
  std::vector<std::tuple<ArticleIndex, BlockIndex, Span>> passages;
  std::set<std::string> sources;
  std::optional<Instant> from, to;
};

}  // namespace

Json relations_json(const Picture& picture, const Shown& shown) {
  std::map<std::tuple<std::uint32_t, facts::RelationKind, std::uint32_t>, Stated> all;
  for (ArticleIndex i = 0; i < picture.facts.articles.size(); ++i) {
    const auto& article = picture.facts.articles[i];
    for (const auto& relation : article.relations) {
      auto& stated = all[{relation.a, relation.kind, relation.b}];
      stated.passages.emplace_back(i, relation.block, relation.span);
      const auto sources = shown.sources.find({i, relation.block});
      if (sources != shown.sources.end()) stated.sources.insert(sources->second.begin(), sources->second.end());
      if (!relation.time) continue;
      auto& bound = relation.is_former ? stated.to : stated.from;
      const auto& time = article.times[*relation.time].value;
      if (!bound || iso(time) < iso(*bound)) bound = time;
    }
  }
  Json out = Json::array();
  for (const auto& [key, stated] : all) {
    const auto& [a, kind, b] = key;
    Json evidence = Json::array();
    for (const auto& [article, block, span] : stated.passages) evidence.push_back(shown.evidence(article, block, span));
    out.push_back({{"a", shown.actor_ids[a]},
                   {"a_name", picture.facts.actors[a].name},
                   {"relation", facts::name_of(kind)},
                   {"b", shown.actor_ids[b]},
                   {"b_name", picture.facts.actors[b].name},
                   {"from", stated.from ? Json(iso(*stated.from)) : Json(nullptr)},
                   {"to", stated.to ? Json(iso(*stated.to)) : Json(nullptr)},
                   {"sources", stated.sources},
                   {"evidence", evidence}});
  }
  return out;
}

}  // namespace depesche::views
