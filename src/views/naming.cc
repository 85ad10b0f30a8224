#include "views/naming.h"

namespace depesche::views {

using Json = nlohmann::ordered_json;

Json naming_json(const Picture& picture, const Shown& shown) {
  Json out = Json::array();
  for (const auto& naming : picture.situation.naming) {
    Json evidence = Json::array();
    for (const auto& [article, block, span] : naming.evidence) evidence.push_back(shown.evidence(article, block, span));
    out.push_back({{"actor", shown.actor_ids[naming.actor]},
                   {"actor_name", picture.facts.actors[naming.actor].name},
                   {"term", naming.term},
                   {"speaker", naming.speaker ? Json(shown.actor_ids[*naming.speaker]) : Json(naming.outlet)},
                   {"addressee", nullptr},
                   {"count", naming.count},
                   {"evidence", evidence}});
  }
  return out;
}

}  // namespace depesche::views
