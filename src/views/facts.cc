// A fact of the picture rests on passages of one article or of several. Here each stands once for each of its articles, with the
// passages of that one: who reads line by line wants to know what an article says.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "views/facts_json.h"
#include "views/paper.h"
#include "views/views.h"

namespace depesche::views {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 7> kind_names = {"time",  "place",    "actor",   "statement",
                                                        "event", "quantity", "relation"};

/// A fact as one article tells it.
struct Line {
  std::string article;
  FactKind kind = FactKind::time;
  Json fact;      ///< without its evidence
  Json evidence;  ///< of this article
};

std::vector<Line> lines_of(const Picture& picture, const knowledge::Knowledge& knowledge,
                           const std::vector<FactKind>& kinds) {
  std::vector<Line> lines;
  for (const FactKind kind : kinds) {
    for (auto& fact : facts_json(picture, knowledge, kind)) {
      std::map<std::string, Json> by_article;
      for (auto& passage : fact["evidence"]) {
        auto& passages = by_article.try_emplace(passage["article"].get<std::string>(), Json::array()).first->second;
        passages.push_back(std::move(passage));
      }
      fact.erase("evidence");
      for (auto& [article, passages] : by_article) lines.push_back({article, kind, fact, std::move(passages)});
    }
  }
  // By article, then in the order of the text.
  const auto place = [](const Line& line) {
    const auto& first = line.evidence.front();
    return std::tuple(std::string_view(line.article), first["block"].get<std::uint32_t>(),
                      first["start"].get<std::uint32_t>());
  };
  std::stable_sort(lines.begin(), lines.end(), [&](const Line& x, const Line& y) { return place(x) < place(y); });
  return lines;
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

void write_json(const Line& line, const Sink& sink) {
  Json out = {{"article", line.article}, {"kind", name_of(line.kind)}};
  out.update(line.fact);
  out["evidence"] = line.evidence;
  sink(dumped(out) + "\n");
}

std::string text_of(const Json& value) {
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : dumped(value);
}

/// "~10 km", "20 to 99", "at least 12"
std::string amount_of(const Json& quantity) {
  const auto field = [&](const char* name) { return text_of(quantity.value(name, Json())); };
  const auto low = field("low"), high = field("high"), value = field("value");
  std::string amount = quantity.value("approximate", false) ? "~" : "";
  if (value.empty())
    amount += fmt::format("{} to {}", low, high);
  else
    amount += low.empty() && !high.empty()   ? "up to " + value
              : high.empty() && !low.empty() ? "at least " + value
                                             : value;
  return field("unit").empty() ? amount : amount + " " + field("unit");
}

/// What a table says of a fact in one cell.
std::string said_by(const Line& line) {
  const auto field = [&](const char* name) { return text_of(line.fact.value(name, Json())); };
  switch (line.kind) {
    case FactKind::time: return field("value");
    case FactKind::place: return fmt::format("{} ({})", field("name"), field("country"));
    case FactKind::actor: return field("name");
    case FactKind::statement: return fmt::format("{}: {}", field("speaker_text"), field("quote"));
    case FactKind::quantity:
      return fmt::format("{} {}", amount_of(line.fact), field("of").empty() ? field("what") : field("of"));
    case FactKind::relation: return fmt::format("{} {} {}", field("a_name"), field("relation"), field("b_name"));
    case FactKind::event:
      return fmt::format("{} {}: {} > {}", field("date"), field("class"), field("subject"), field("object"));
  }
  return "";
}

std::string type_of(const Line& line) {
  for (const char* name : {"type", "kind", "what", "relation"}) {
    if (line.fact.contains(name)) return text_of(line.fact[name]);
  }
  return "";
}

/// One passage a row.
void write_csv(const Line& line, const Sink& sink) {
  for (const auto& passage : line.evidence) {
    sink(fmt::format("{},{},{},{},{},{},{},{}\r\n", csv_cell(line.article), name_of(line.kind), csv_cell(type_of(line)),
                     csv_cell(said_by(line)), dumped(passage["block"]), dumped(passage["start"]),
                     dumped(passage["end"]), csv_cell(text_of(passage["quote"]))));
  }
}

void write_table(const std::vector<Line>& lines, const Terminal& terminal, const Sink& sink) {
  constexpr int kind_columns = 10, said_columns = 34;
  Paper paper(terminal);
  std::string_view article;
  for (const Line& line : lines) {
    if (line.article != article) {
      if (!article.empty()) paper.blank();
      paper.line(on_one_line(line.article), 2, Ink::heading);
      article = line.article;
    }
    const auto quote = on_one_line(text_of(line.evidence.front()["quote"]));
    paper.line(fmt::format("  {} {} {}", padded(name_of(line.kind), kind_columns),
                           padded(shortened(on_one_line(said_by(line)), said_columns), said_columns),
                           shortened(quote, std::max(20, terminal.width - kind_columns - said_columns - 4))),
               2);
  }
  sink(paper.take());
}

/// Places alone have a point on the map (RFC 7946).
void write_geojson(const std::vector<Line>& lines, const Sink& sink) {
  sink("{\"type\":\"FeatureCollection\",\"features\":[");
  bool is_first = true;
  for (const Line& line : lines) {
    if (line.kind != FactKind::place) continue;
    Json properties = {{"article", line.article}};
    properties.update(line.fact);
    properties["evidence"] = line.evidence;
    const bool has_point = line.fact.contains("lat") && line.fact["lat"].is_number();
    const Json geometry =
        has_point ? Json{{"type", "Point"}, {"coordinates", {line.fact["lon"], line.fact["lat"]}}} : Json(nullptr);
    const Json feature = {{"type", "Feature"}, {"geometry", geometry}, {"properties", properties}};
    sink((is_first ? "\n" : ",\n") + dumped(feature));
    is_first = false;
  }
  sink("\n]}\n");
}

// -- TimeML --------------------------------------------------------------------------------------------------------

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default:
        // XML 1.0 has no other control characters, not even written as numbers.
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t' || c == '\r') out += c;
        // … nor U+FFFE and U+FFFF.
        if (out.ends_with("\xEF\xBF\xBE") || out.ends_with("\xEF\xBF\xBF")) out.resize(out.size() - 3);
    }
  }
  return out;
}

std::string opening_tag(const facts::Timex& timex, std::size_t number) {
  std::string tag = fmt::format(R"(<TIMEX3 tid="t{}" type="{}" value="{}")", number, name_of(timex.type), timex.value);
  for (const auto& [name, value] : {std::pair("mod", &timex.mod), {"quant", &timex.quant}, {"freq", &timex.freq}}) {
    if (!value->empty()) tag += fmt::format(R"( {}="{}")", name, *value);
  }
  return tag + ">";
}

}  // namespace

std::string_view name_of(FactKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<FactKind> fact_kind_of(std::string_view name) {
  const auto found = std::find(kind_names.begin(), kind_names.end(), name);
  if (found == kind_names.end()) return {};
  return static_cast<FactKind>(found - kind_names.begin());
}

void write_facts(const Picture& picture, const knowledge::Knowledge& knowledge, const FactsOptions& options,
                 const Sink& sink) {
  const auto lines = lines_of(picture, knowledge, options.kinds);
  switch (options.format) {
    case FactFormat::json:
      for (const Line& line : lines) write_json(line, sink);
      break;
    case FactFormat::csv:
      sink("article,kind,type,says,block,start,end,quote\r\n");
      for (const Line& line : lines) write_csv(line, sink);
      break;
    case FactFormat::geojson: write_geojson(lines, sink); break;
    case FactFormat::table: write_table(lines, options.terminal, sink); break;
  }
}

void write_timeml(const Picture& picture, const Sink& sink) {
  for (std::size_t i = 0; i < picture.pile.articles.size(); ++i) {
    const Article& article = picture.pile.articles[i];
    const auto& created = picture.made[i];
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n";
    out += fmt::format("<DOCID>{}</DOCID>\n", escaped(article.id));
    if (created) {
      out += fmt::format(
          "<DCT><TIMEX3 tid=\"t0\" type=\"{1}\" value=\"{0}\" functionInDocument=\"CREATION_TIME\">{0}"
          "</TIMEX3></DCT>\n",
          iso(*created), created->precision == Precision::time ? "TIME" : "DATE");
    }
    out += "<TEXT>";
    std::uint32_t at = 0;
    std::size_t number = 1;
    for (const facts::Timex& timex : picture.times[i]) {
      if (timex.span.begin < at) continue;
      out += escaped(article.words_at({at, timex.span.begin}));
      out += opening_tag(timex, number++) + escaped(article.words_at(timex.span)) + "</TIMEX3>";
      at = timex.span.end;
    }
    out += escaped(article.words_at({at, static_cast<std::uint32_t>(article.text.size())}));
    out += "</TEXT>\n</TimeML>\n";
    sink(out);
  }
}

}  // namespace depesche::views
