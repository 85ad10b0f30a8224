// Two shapes in which others keep events: PLOVER's record and GDELT's row of 61 columns. What we do not know is empty, never a default:
// GDELT's tone and Goldstein score, which say nothing of one event, its codes of ethnic groups and religions, and events of which the day
// is not known, as its rows must have one.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "views/paper.h"
#include "views/views.h"

namespace depesche::views {
namespace {

using situation::TimelineItem;

/// FNV-1a, 32 bits: a number for an id, the same in every run.
std::uint32_t number_of(std::string_view id) {
  std::uint32_t hash = 2166136261u;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

std::string_view sector_of(facts::ActorType type) {
  switch (type) {
    case facts::ActorType::state:
    case facts::ActorType::government_body: return "GOV";
    case facts::ActorType::armed_group: return "UAF";
    case facts::ActorType::population: return "CVL";
    case facts::ActorType::news_agency:
    case facts::ActorType::outlet: return "MED";
    case facts::ActorType::person:
    case facts::ActorType::organisation: return "";
  }
  return "";
}

class Exporter {
 public:
  explicit Exporter(const Picture& picture) : picture_(picture) {}

  std::string plover() const {
    std::string out =
        "id,date,source,sourceCountry,sourceSector,target,targetCountry,targetSector,event,mode,cameo,eventLoc,"
        "latitude,longitude,"
        "modality,article,text\r\n";
    for (const TimelineItem& item : picture_.situation.timeline) {
      const auto* place = place_of(item);
      const bool has_point = place != nullptr && place->point.has_value();
      std::vector<std::string> cells = {item.id, iso(item.date)};
      for (const auto& actors : {item.actors, item.recipients}) {
        const auto* actor = actors.empty() ? nullptr : &picture_.facts.actors[actors[0]];
        cells.push_back(names_of(actors));
        cells.emplace_back(actor != nullptr ? actor->iso : "");
        cells.emplace_back(actor != nullptr ? sector_of(actor->type) : "");
      }
      cells.emplace_back(facts::name_of(item.kind->type));
      cells.push_back(item.kind->mode);
      cells.push_back(item.kind->cameo);
      cells.push_back(place != nullptr ? place->name : "");
      cells.push_back(has_point ? fmt::format("{}", place->point->latitude) : "");
      cells.push_back(has_point ? fmt::format("{}", place->point->longitude) : "");
      cells.emplace_back(facts::name_of(item.modality));
      cells.push_back(article_of(item).id);
      cells.emplace_back(words_of(item));
      for (auto& cell : cells) cell = csv_cell(cell);
      out += fmt::format("{}\r\n", fmt::join(cells, ","));
    }
    return out;
  }

  std::string gdelt() const {
    std::string out;
    for (const TimelineItem& item : picture_.situation.timeline) {
      const bool happened = item.modality == facts::Modality::asserted || item.modality == facts::Modality::reported;
      if (item.date.precision >= Precision::day && happened) out += row(item);
    }
    return out;
  }

 private:
  const Article& article_of(const TimelineItem& item) const { return picture_.pile.articles[item.tellings[0].article]; }
  std::string_view words_of(const TimelineItem& item) const {
    const auto& first = item.tellings[0];
    return article_of(item).words_at(picture_.events[first.article][first.event].clause);
  }
  const facts::Place* place_of(const TimelineItem& item) const {
    return item.place ? &picture_.facts.places[*item.place] : nullptr;
  }
  std::string names_of(const std::vector<std::uint32_t>& actors) const {
    std::vector<std::string> names;
    for (const auto actor : actors) names.push_back(picture_.facts.actors[actor].name);
    return fmt::format("{}", fmt::join(names, "; "));
  }

  std::string row(const TimelineItem& item) const {
    const auto& date = item.date;
    const double days_in_year = 365.0;
    const auto first_day = day_of(date.year, 1, 1).value_or(date);
    const auto fraction =
        date.year + static_cast<double>(days_since_epoch(date) - days_since_epoch(first_day)) / days_in_year;
    std::vector<std::string> cells = {fmt::format("{}", number_of(item.id)),
                                      fmt::format("{:04}{:02}{:02}", date.year, date.month, date.day),
                                      fmt::format("{:04}{:02}", date.year, date.month), fmt::format("{:04}", date.year),
                                      fmt::format("{:.4f}", fraction)};
    add_actor(cells, item.actors);
    add_actor(cells, item.recipients);
    const auto& cameo = item.kind->cameo;
    const int root = cameo.size() < 2 ? 0 : 10 * (cameo[0] - '0') + (cameo[1] - '0');
    cells.emplace_back(is_in_lead(item) ? "1" : "0");
    cells.push_back(cameo);
    cells.push_back(cameo.substr(0, 3));
    cells.push_back(cameo.substr(0, 2));
    cells.emplace_back(root <= 5 ? "1" : root <= 8 ? "2" : root <= 13 ? "3" : "4");
    cells.emplace_back();  // GoldsteinScale
    cells.push_back(fmt::format("{}", item.tellings.size()));
    cells.push_back(fmt::format("{}", item.dispatches.size()));
    cells.push_back(fmt::format("{}", count_of_articles(item)));
    cells.emplace_back();             // AvgTone
    cells.resize(cells.size() + 16);  // where actors are
    add_place(cells, item);
    const auto& made = picture_.made[item.tellings[0].article];
    cells.push_back(made && made->precision >= Precision::day
                        ? fmt::format("{:04}{:02}{:02}000000", made->year, made->month, made->day)
                        : "");
    cells.push_back(article_of(item).url.empty() ? article_of(item).source : article_of(item).url);
    for (auto& cell : cells) cell = on_one_line(cell);
    return fmt::format("{}\n", fmt::join(cells, "\t"));
  }

  /// Code, name, country, and of the seven groups that follow the type alone.
  void add_actor(std::vector<std::string>& cells, const std::vector<std::uint32_t>& actors) const {
    if (actors.empty()) return cells.resize(cells.size() + 10);
    const auto& actor = picture_.facts.actors[actors[0]];
    cells.insert(cells.end(), {actor.iso + std::string(sector_of(actor.type)), actor.name, actor.iso, "", "", "", "",
                               std::string(sector_of(actor.type)), "", ""});
  }

  void add_place(std::vector<std::string>& cells, const TimelineItem& item) const {
    const auto* place = place_of(item);
    if (place == nullptr) return cells.resize(cells.size() + 8);
    const auto* type = place->kind == facts::PlaceKind::country    ? "1"
                       : place->kind == facts::PlaceKind::division ? "5"
                       : place->kind == facts::PlaceKind::town     ? "4"
                                                                   : "";
    cells.insert(cells.end(), {type, place->name, place->country, "", "",
                               place->point ? fmt::format("{}", place->point->latitude) : "",
                               place->point ? fmt::format("{}", place->point->longitude) : "",
                               place->geonames_id ? fmt::format("{}", *place->geonames_id) : ""});
  }

  bool is_in_lead(const TimelineItem& item) const {
    const auto& first = item.tellings[0];
    const auto block = picture_.events[first.article][first.event].block;
    const auto& blocks = article_of(item).blocks;
    for (BlockIndex i = 0; i < block; ++i) {
      if (blocks[i].role == Role::body) return false;
    }
    return true;
  }

  static std::size_t count_of_articles(const TimelineItem& item) {
    std::set<ArticleIndex> articles;
    for (const auto& telling : item.tellings) articles.insert(telling.article);
    return articles.size();
  }

  const Picture& picture_;
};

}  // namespace

std::optional<ExportFormat> export_format_of(std::string_view name) {
  if (name == "plover") return ExportFormat::plover;
  if (name == "gdelt") return ExportFormat::gdelt;
  return {};
}

std::string exported(const Picture& picture, ExportFormat format) {
  const Exporter exporter(picture);
  return format == ExportFormat::plover ? exporter.plover() : exporter.gdelt();
}

}  // namespace depesche::views
