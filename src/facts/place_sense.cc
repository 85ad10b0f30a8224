// Which Paris? The one with most people, unless the rest of the article lies elsewhere.
//
//   Paris … Lamar County, Texas … Dallas          Paris, Texas: all else is there
//   a Texan in Paris … France … Lyon              Paris, France
//
// Candidates are weighed in powers of ten of people: a town of 25,000 beats one of two millions where the article's other
// places share its state. Names that can mean one thing only, or say where they lie, are the context of all others; what is then
// told becomes context for what is not, once.
#include "facts/place_sense.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace depesche::facts {
namespace {

// All in powers of ten of people. Chosen on the development halves of LGL, TR-News and GeoVirus.
constexpr double country_weight = 8.5;
constexpr double region_weight = 8;
constexpr double division_weight = 7;
constexpr double town_inside_points = -1;  ///< of a division that shares its name with a town of its own
constexpr double seat_bonus = 1.2;
constexpr double same_country_bonus = 1.5;
constexpr double same_division_bonus = 2;
constexpr double division_of_country_bonus = 1;  ///< more, of a division: Georgia beside other states is one
constexpr double near_bonus = 1;
constexpr double home_bonus = 1;
constexpr double wanted_kind_bonus = 5;
constexpr double inside_bonus = 10;
/// Nearer than this two candidates are both as likely.
constexpr double told_margin_min = 0.3;
constexpr double near_km_max = 150;
/// The countries and divisions of an article count with this many mentions at most.
constexpr std::uint32_t weight_max = 4;

double kilometres(const GeoPoint& a, const GeoPoint& b) {
  constexpr double radians = std::numbers::pi / 180;
  constexpr double diameter_km = 12742;
  const double north = std::sin((a.latitude - b.latitude) * radians / 2);
  const double east = std::sin((a.longitude - b.longitude) * radians / 2);
  const double h = north * north + std::cos(a.latitude * radians) * std::cos(b.latitude * radians) * east * east;
  return diameter_km * std::asin(std::sqrt(std::min(1.0, h)));
}

/// Where an article takes place, as far as it is told.
struct Context {
  std::map<std::string_view, double> countries;
  std::map<std::uint32_t, double> divisions;
  std::vector<GeoPoint> points;  ///< of towns and small divisions
  double total = 0, total_in_divisions = 0;

  /// `sign` -1 takes out what was added: a name must not be its own context.
  void add(const KnownPlace& place, std::uint32_t weight, int sign = 1) {
    const double counted = sign * static_cast<double>(std::min(weight, weight_max));
    if (place.country.empty()) return;
    countries[place.country] += counted;
    total += counted;
    if (place.division != knowledge::no_division) {
      divisions[place.division] += counted;
      total_in_divisions += counted;
    }
    if (place.kind != PlaceKind::town || !place.point) return;
    if (sign > 0) {
      points.push_back(*place.point);
    } else {
      std::erase_if(points, [&](const GeoPoint& point) { return kilometres(point, *place.point) == 0; });
    }
  }
};

class Chooser {
 public:
  Chooser(const Gazetteer& gazetteer, std::string_view home) : gazetteer_(gazetteer), home_(home) {}

  void run(std::span<NamedPlace> names) {
    std::vector<NamedPlace*> open;
    for (NamedPlace& name : names) {
      if (name.candidates.size() == 1 || (name.inside && lies_inside(name))) {
        settle(name);
      } else if (!name.candidates.empty()) {
        open.push_back(&name);
      }
    }
    const Context sure = context_;
    // First with what is sure alone; then with what that told.
    for (NamedPlace* name : open) weigh(*name, sure);
    for (const NamedPlace* name : open) {
      if (name->is_told) context_.add(gazetteer_.place(name->meant.front()), name->weight);
    }
    for (NamedPlace* name : open) {
      Context others = context_;
      if (name->is_told) others.add(gazetteer_.place(name->meant.front()), name->weight, -1);
      weigh(*name, others);
    }
  }

 private:
  bool lies_inside(const NamedPlace& name) const {
    const auto around = gazetteer_.place(*name.inside);
    return std::any_of(name.candidates.begin(), name.candidates.end(),
                       [&](PlaceId id) { return is_inside(gazetteer_.place(id), around); });
  }

  static bool is_inside(const KnownPlace& place, const KnownPlace& around) {
    if (place.country != around.country || place.kind == PlaceKind::country) return false;
    return around.kind == PlaceKind::country || place.division == around.division;
  }

  void settle(NamedPlace& name) {
    weigh(name, context_);
    context_.add(gazetteer_.place(name.meant.front()), name.weight);
  }

  bool has_town_inside(const NamedPlace& name, const KnownPlace& division) const {
    return std::any_of(name.candidates.begin(), name.candidates.end(), [&](PlaceId id) {
      const auto place = gazetteer_.place(id);
      return place.kind == PlaceKind::town && (place.division == division.division || place.is_seat);
    });
  }

  double weight_of(const KnownPlace& place, const NamedPlace& name, const Context& context) const {
    double weight = 0;
    switch (place.kind) {
      case PlaceKind::country: weight = country_weight; break;
      case PlaceKind::division: weight = std::min(division_weight, std::log10(place.population + 1.0)); break;
      case PlaceKind::town: weight = std::log10(place.population + 1.0) + (place.is_seat ? seat_bonus : 0); break;
      default: weight = region_weight;
    }
    if (name.wants_division && place.kind == PlaceKind::division) weight += wanted_kind_bonus;
    if (name.wants_town && place.kind == PlaceKind::town) weight += wanted_kind_bonus;
    if (name.inside && is_inside(place, gazetteer_.place(*name.inside))) weight += inside_bonus;
    if (place.country == home_ && !home_.empty()) weight += home_bonus;
    const bool is_division = place.kind == PlaceKind::division;
    if (is_division && !name.wants_division && has_town_inside(name, place)) weight += town_inside_points;
    if (const auto found = context.countries.find(place.country); found != context.countries.end())
      weight += (same_country_bonus + (is_division ? division_of_country_bonus : 0)) * found->second /
                std::max(context.total, 1.0);
    if (place.kind == PlaceKind::country) return weight;
    if (const auto found = context.divisions.find(place.division); found != context.divisions.end())
      weight += same_division_bonus * found->second / std::max(context.total_in_divisions, 1.0);
    if (place.kind != PlaceKind::town || !place.point) return weight;
    const bool is_near = std::any_of(context.points.begin(), context.points.end(), [&](const GeoPoint& point) {
      return kilometres(point, *place.point) <= near_km_max;
    });
    return is_near ? weight + near_bonus : weight;
  }

  void weigh(NamedPlace& name, const Context& context) const {
    std::vector<std::pair<double, PlaceId>> weighed;
    for (const PlaceId id : name.candidates) weighed.emplace_back(-weight_of(gazetteer_.place(id), name, context), id);
    std::sort(weighed.begin(), weighed.end());
    name.meant.clear();
    for (const auto& [weight, id] : weighed) name.meant.push_back(id);
    // A town and the division around it are no two places to be told apart.
    const auto best = gazetteer_.place(name.meant.front());
    name.is_told = std::none_of(weighed.begin() + 1, weighed.end(), [&](const auto& rival) {
      const auto other = gazetteer_.place(rival.second);
      return rival.first - weighed[0].first < told_margin_min && !is_inside(best, other) && !is_inside(other, best);
    });
  }

  const Gazetteer& gazetteer_;
  std::string_view home_;
  Context context_;
};

}  // namespace

void choose_senses(std::span<NamedPlace> names, const Gazetteer& gazetteer, std::string_view home) {
  Chooser(gazetteer, home).run(names);
}

}  // namespace depesche::facts
