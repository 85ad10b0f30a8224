// A crawl has millions of edges: they are written as they are found, a line each, and none is held.
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "views/origin.h"
#include "views/views.h"

namespace depesche::views {
namespace {

using Json = nlohmann::ordered_json;

/// Words of the shingles by which the world compares texts (docs/glossary.md, resemblance).
constexpr std::uint32_t resemblance_words = 5;

/// The hashes of all runs of five words, sorted, each once.
std::vector<std::uint64_t> shingles_of(const copies::Body& body) {
  std::vector<std::uint64_t> shingles;
  shingles.reserve(body.size());
  for (std::uint32_t i = 0; i + resemblance_words <= body.size(); ++i)
    shingles.push_back(XXH3_64bits(&body.forms[i], resemblance_words * sizeof(std::uint32_t)));
  std::sort(shingles.begin(), shingles.end());
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

std::string_view name_of(lineage::Direction direction) {
  switch (direction) {
    case lineage::Direction::from_first: return "a->b";
    case lineage::Direction::member_first: return "b->a";
    case lineage::Direction::unknown: break;
  }
  return "unknown";
}

struct Edge {
  ArticleIndex a = 0;
  ArticleIndex b = 0;
  std::string_view kind;
  std::string_view direction;
  double score = 0;
  std::string_view family;    ///< empty where the edge ties none
  std::uint32_t version = 0;  ///< of b; 0 where none is told apart
};

double rounded(double value) { return std::round(value * 10000) / 10000; }

class EdgeWriter {
 public:
  EdgeWriter(const Corpus& corpus, Lines format, const Sink& sink) : corpus_(corpus), format_(format), sink_(sink) {
    if (format == Lines::csv) sink_("a,b,kind,direction,resemblance,containment,score,family,version\n");
  }

  void write(const Edge& edge) {
    const auto& x = shingles(edge.a);
    const auto y = shingles_of(corpus_.bodies[edge.b]);
    both_.clear();
    std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(both_));
    const auto both = static_cast<double>(both_.size());
    const auto all = static_cast<double>(x.size() + y.size()) - both;
    const auto least = static_cast<double>(std::min(x.size(), y.size()));
    put(edge, all > 0 ? both / all : 0, least > 0 ? both / least : 0);
  }

 private:
  /// Of one side; many edges in a row have the same.
  const std::vector<std::uint64_t>& shingles(ArticleIndex article) {
    if (kept_ != article) {
      kept_shingles_ = shingles_of(corpus_.bodies[article]);
      kept_ = article;
    }
    return kept_shingles_;
  }

  void put(const Edge& edge, double resemblance, double containment) const {
    const std::string& a = corpus_.printings[edge.a].id;
    const std::string& b = corpus_.printings[edge.b].id;
    if (format_ == Lines::csv) {
      sink_(fmt::format("{},{},{},{},{:.4f},{:.4f},{:.4f},{},{}\n", csv_cell(a), csv_cell(b), edge.kind, edge.direction,
                        resemblance, containment, edge.score, edge.family,
                        edge.version > 0 ? fmt::to_string(edge.version) : ""));
      return;
    }
    const Json line = {{"a", a},
                       {"b", b},
                       {"kind", edge.kind},
                       {"direction", edge.direction},
                       {"resemblance", rounded(resemblance)},
                       {"containment", rounded(containment)},
                       {"score", rounded(edge.score)},
                       {"family", edge.family.empty() ? Json(nullptr) : Json(edge.family)},
                       {"version", edge.version > 0 ? Json(edge.version) : Json(nullptr)}};
    sink_(line.dump() + "\n");
  }

  const Corpus& corpus_;
  const Lines format_;
  const Sink& sink_;
  ArticleIndex kept_ = ~0u;
  std::vector<std::uint64_t> kept_shingles_;
  std::vector<std::uint64_t> both_;
};

}  // namespace

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

void write_edges(const Corpus& corpus, const lineage::Families& families, Lines format, const Sink& sink) {
  EdgeWriter writer(corpus, format, sink);
  auto sibling = families.siblings.begin();
  for (std::size_t d = 0; d < families.dispatches.size(); ++d) {
    const lineage::Dispatch& dispatch = families.dispatches[d];
    for (const lineage::Member& member : dispatch.members) {
      if (!member.from) continue;
      writer.write({.a = *member.from,
                    .b = member.article,
                    .kind = lineage::name_of(member.relation),
                    .direction = name_of(member.direction),
                    .score = member.shared,
                    .family = dispatch.id,
                    .version = member.version});
    }
    for (; sibling != families.siblings.end() && sibling->dispatch == d; ++sibling) {
      writer.write({.a = sibling->a,
                    .b = sibling->b,
                    .kind = lineage::name_of(lineage::Relation::sibling),
                    .direction = "unknown",
                    .score = sibling->shared,
                    .family = dispatch.id,
                    .version = 0});
    }
  }
  for (const lineage::Background& background : families.backgrounds) {
    writer.write({.a = background.a,
                  .b = background.b,
                  .kind = "background",
                  .direction = "unknown",
                  .score = std::max(background.share_of_a, background.share_of_b),
                  .family = {},
                  .version = 0});
  }
}

void write_families(const Corpus& corpus, const lineage::Families& families, Lines format, const Sink& sink) {
  if (format == Lines::csv) sink("family,article,as,relation,share,reading,agency\n");
  const auto main_family = lineage::main_dispatches(families, corpus.printings.size());
  for (std::size_t d = 0; d < families.dispatches.size(); ++d) {
    const lineage::Dispatch& dispatch = families.dispatches[d];
    const std::string& reading = corpus.printings[dispatch.reading].id;
    Json members = Json::array();
    Json parts = Json::array();
    for (const lineage::Member& member : dispatch.members) {
      (main_family[member.article] == d ? members : parts).push_back(corpus.printings[member.article].id);
    }
    if (members.empty()) continue;  // told as the composite that it stands in
    if (format == Lines::csv) {
      for (const lineage::Member& member : dispatch.members) {
        sink(fmt::format("{},{},{},{},{:.4f},{},{}\n", dispatch.id, csv_cell(corpus.printings[member.article].id),
                         main_family[member.article] == d ? "member" : "part", lineage::name_of(member.relation),
                         member.share, csv_cell(reading), csv_cell(dispatch.origin.agency.value_or(""))));
      }
      continue;
    }
    const Json line = {{"family", dispatch.id},     {"members", std::move(members)},
                       {"parts", std::move(parts)}, {"origin", origin_json(dispatch.origin)},
                       {"reading", reading},        {"because", dispatch.because}};
    sink(line.dump() + "\n");
  }
}

}  // namespace depesche::views
