// Offsets in the program are bytes into the article; in the picture they are code points into the block. This file is
// the one place where they are turned.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "core/ids.h"
#include "core/unicode.h"
#include "views/facts_json.h"
#include "views/named_actors.h"
#include "views/naming.h"
#include "views/origin.h"
#include "views/quantities.h"
#include "views/relations.h"
#include "views/views.h"

namespace depesche::views {
namespace {

using Json = nlohmann::ordered_json;

std::uint32_t code_points_between(const Article& article, std::uint32_t from, std::uint32_t to) {
  return count_code_points(article.words_at({from, to}));
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string precision_name(const Instant& instant) {
  static constexpr std::array<std::string_view, 4> names = {"year", "month", "day", "time"};
  return std::string(names[static_cast<std::size_t>(instant.precision)]);
}

/// The first and last day that a date may mean.
std::pair<Instant, Instant> bounds(const Instant& date) {
  if (date.precision >= Precision::day) return {cut_to(date, Precision::day), cut_to(date, Precision::day)};
  const int first_month = date.precision == Precision::year ? 1 : date.month;
  const int last_month = date.precision == Precision::year ? 12 : date.month;
  const auto day = [&](int month, int day_of_month) { return day_of(date.year, month, day_of_month); };
  std::optional<Instant> last;
  for (int last_day = 31; !last && last_day > 0; --last_day) last = day(last_month, last_day);
  return {day(first_month, 1).value_or(date), last.value_or(date)};
}

Json empty_date() {
  return {{"date", nullptr},  {"precision", nullptr}, {"earliest", nullptr},      {"latest", nullptr},
          {"basis", nullptr}, {"because", nullptr},   {"rejected", Json::array()}};
}

Json dated(const Instant& date, std::string_view basis, std::string_view because) {
  const auto [earliest, latest] = bounds(date);
  return {{"date", iso(date)},
          {"precision", precision_name(date)},
          {"earliest", iso(earliest)},
          {"latest", iso(latest)},
          {"basis", basis},
          {"because", because},
          {"rejected", Json::array()}};
}

}  // namespace

Json origin_json(const lineage::Origin& origin) {
  return {{"agency", or_null(origin.agency)},
          {"place", or_null(origin.place)},
          {"date", origin.date ? Json(iso(*origin.date)) : Json(nullptr)},
          {"language", origin.language.code()},
          {"named", origin.agency.has_value()}};
}

namespace {

class Writer {
 public:
  Writer(const Picture& picture, const knowledge::Knowledge& knowledge) : picture_(picture), knowledge_(knowledge) {
    for (std::size_t i = 0; i < picture_.facts.actors.size(); ++i) {
      const auto& actor = picture_.facts.actors[i];
      actor_ids_.push_back(content_id("a", actor.key));
    }
    for (const auto& dispatch : picture_.lineage.dispatches) {
      for (const auto& member : dispatch.members) {
        for (const BlockIndex block : member.blocks) sources_[{member.article, block}].push_back(dispatch.id);
      }
    }
  }

  Json run() {
    Json out;
    out["picture"] = 1;
    out["articles"] = list(articles(), [&](ArticleIndex i) { return article(i); });
    out["dispatches"] = Json::array();
    for (const auto& dispatch : picture_.lineage.dispatches) out["dispatches"].push_back(dispatch_json(dispatch));
    out["alignments"] = Json::array();
    for (const auto& alignment : picture_.alignments) out["alignments"].push_back(alignment_json(alignment));
    out["drift"] = list(picture_.drift, [&](const lineage::Drift& d) { return drift(d); });
    out["stories"] = Json::array();
    for (std::size_t i = 0; i < picture_.stories.size(); ++i) out["stories"].push_back(story(i));
    out["storylines"] = Json::array();
    out["ledger"] = Json::array();
    for (const auto& row : picture_.situation.ledger) out["ledger"].push_back(ledger_row(row));
    out["timeline"] = timeline();
    out["statements"] = statements();
    out["actors"] = actors();
    out["places"] = places();
    out["times"] = times();
    out["control"] = Json::array();
    out["relations"] = relations();
    out["naming"] = naming_json(picture_, shown());
    out["quantities"] = quantities();
    out["disagreements"] = Json::array();
    out["unknown"] = Json::array();
    for (const auto& unknown : picture_.situation.unknown) {
      out["unknown"].push_back(
          {{"article", id(unknown.article)}, {"what", unknown.what}, {"because", unknown.because}});
    }
    return out;
  }

  Json statements() const {
    Json out = Json::array();
    for (const ArticleIndex i : articles()) {
      for (std::uint32_t s = 0; s < picture_.facts.articles[i].statements.size(); ++s) out.push_back(statement(i, s));
    }
    return out;
  }

  Json actors() const {
    std::vector<Json> evidence_of(picture_.facts.actors.size(), Json::array());
    for (const ArticleIndex i : articles()) {
      for (const auto& mention : picture_.facts.articles[i].mentions)
        evidence_of[mention.actor].push_back(evidence(i, mention.block, mention.span));
    }
    Json out = Json::array();
    for (std::size_t i = 0; i < picture_.facts.actors.size(); ++i) {
      out.push_back(actor(i));
      out.back()["evidence"] = std::move(evidence_of[i]);
    }
    return out;
  }

  /// Those that are named as places. Where a name stands for a government alone there is nothing to draw.
  Json places() const {
    std::vector<Json> evidence_of(picture_.facts.places.size(), Json::array());
    std::vector<Json> candidates_of(picture_.facts.places.size(), Json::array());
    for (const ArticleIndex i : articles()) {
      for (const auto& mention : picture_.facts.articles[i].places) {
        if (mention.use != facts::PlaceUse::location) continue;
        evidence_of[mention.place].push_back(evidence(i, mention.block, mention.span));
        if (candidates_of[mention.place].empty())
          candidates_of[mention.place] = list(mention.others, [&](std::uint32_t other) { return place_json(other); });
      }
    }
    Json out = Json::array();
    for (std::uint32_t p = 0; p < picture_.facts.places.size(); ++p) {
      const auto& place = picture_.facts.places[p];
      if (place.mentions == 0) continue;
      Json names = Json::object();
      for (const auto& [language, forms] : place.forms) names[language.code()] = forms;
      Json found = place_json(p);
      found["names"] = names;
      found["mentions"] = place.mentions;
      if (!candidates_of[p].empty()) found["candidates"] = candidates_of[p];
      found["evidence"] = evidence_of[p];
      out.push_back(std::move(found));
    }
    return out;
  }

  Json timeline() const {
    return list(picture_.situation.timeline, [&](const auto& item) { return timeline_item(item); });
  }

  Json events() const {
    Json out = Json::array();
    for (const ArticleIndex i : articles()) {
      for (std::uint32_t e = 0; e < picture_.events[i].size(); ++e) out.push_back(event(i, e));
    }
    return out;
  }

  Json times() const {
    Json out = Json::array();
    for (const ArticleIndex i : articles()) {
      for (const facts::Timex& timex : picture_.times[i]) out.push_back(time(i, timex));
    }
    return out;
  }

  Json quantities() const { return quantities_json(picture_, shown()); }

  Json relations() const { return relations_json(picture_, shown()); }

  static Json block(const Article& article, const Block& block) {
    Json out = {{"line", block.line}, {"role", name_of(block.role)}, {"text", article.words_at(block.span)}};
    if (!block.because.empty()) out["because"] = block.because;
    if (block.cut) {
      const auto start = code_points_between(article, block.span.begin, block.cut->begin);
      out["cut"] = {start, start + code_points_between(article, block.cut->begin, block.cut->end)};
    }
    return out;
  }

  /// The actors one a line, the most named first.
  std::string actor_lines() const {
    std::string lines;
    const auto all = actors();
    for (const auto i : named_actors(picture_.facts))
      lines += all[i].dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    return lines;
  }

  /// Each mention of an actor or place one a line.
  std::string mention_lines() const {
    std::string lines;
    const auto put = [&](ArticleIndex i, BlockIndex block, Span span, Json more) {
      auto line = evidence(i, block, span);
      line.update(more);
      lines += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    };
    for (ArticleIndex i = 0; i < picture_.facts.articles.size(); ++i) {
      for (const auto& mention : picture_.facts.articles[i].mentions) {
        const auto& actor = picture_.facts.actors[mention.actor];
        put(i, mention.block, mention.span,
            {{"actor", actor_ids_[mention.actor]},
             {"name", actor.name},
             {"type", facts::name_of(actor.type)},
             {"description", mention.is_description}});
      }
      for (const auto& [block, span] : picture_.facts.articles[i].place_names) put(i, block, span, {{"type", "place"}});
    }
    return lines;
  }

 private:
  std::vector<ArticleIndex> articles() const {
    std::vector<ArticleIndex> all(picture_.pile.articles.size());
    for (ArticleIndex i = 0; i < all.size(); ++i) all[i] = i;
    return all;
  }

  template <class Items, class Each>
  static Json list(const Items& items, const Each& each) {
    Json out = Json::array();
    for (const auto& item : items) out.push_back(each(item));
    return out;
  }

  const Article& at(ArticleIndex i) const { return picture_.pile.articles[i]; }
  std::string id(ArticleIndex i) const { return at(i).id; }

  std::pair<std::uint32_t, std::uint32_t> offsets(const Article& article, BlockIndex block, Span span) const {
    const auto start = code_points_between(article, article.blocks[block].span.begin, span.begin);
    return {start, start + code_points_between(article, span.begin, span.end)};
  }

  Json evidence(ArticleIndex i, BlockIndex block, Span span) const {
    const auto [start, end] = offsets(at(i), block, span);
    return {{"article", id(i)}, {"block", block}, {"start", start}, {"end", end}, {"quote", at(i).words_at(span)}};
  }

  /// What views in other files need of this one.
  Shown shown() const {
    return {[this](ArticleIndex i, BlockIndex block, Span span) { return evidence(i, block, span); }, actor_ids_,
            sources_};
  }

  // -- articles --------------------------------------------------------------------------------------------------

  Json article(ArticleIndex i) const {
    const Article& article = at(i);
    const auto& facts = picture_.facts.articles[i];
    Json out = {{"id", article.id}, {"source", article.source}, {"language", picture_.texts[i].language.code()}};
    if (!article.url.empty()) out["url"] = article.url;
    out["title"] = or_null(article.title);
    out["outlet"] = or_null(article.outlet);
    out["credit"] = list(facts.credits, [](const facts::Credit& credit) { return credit.agency; });
    out["dateline"] = dateline(i);
    out["published"] = published(article);
    out["written"] = written(picture_.lineage.written[i]);
    out["blocks"] = list(article.blocks, [&](const Block& b) { return block(article, b); });
    out["repairs"] = list(article.repairs, [&](const Repair& repair) {
      const auto [start, end] = offsets(article, repair.block, repair.span);
      return Json{{"block", repair.block}, {"start", start}, {"end", end}, {"what", repair.what}};
    });
    return out;
  }

  Json dateline(ArticleIndex i) const {
    const auto& dateline = picture_.facts.articles[i].dateline;
    if (!dateline) return nullptr;
    Json out = {
        {"place", nullptr}, {"date", nullptr}, {"agency", or_null(dateline->agency)}, {"block", dateline->block}};
    if (dateline->place) out["place"] = place_name(i, *dateline);
    // A date without its year has no ISO form; the words stand in the block.
    if (dateline->date && dateline->date->has_year) out["date"] = iso(dateline->date->value);
    return out;
  }

  std::string place_name(ArticleIndex i, const facts::Dateline& dateline) const {
    if (dateline.town) return std::string(knowledge_.town(*dateline.town).name);
    return dateline.place ? std::string(at(i).words_at(*dateline.place)) : std::string();
  }

  static Json published(const Article& article) {
    const GivenDate* best = article.finest_given_date();
    return best == nullptr ? empty_date() : dated(best->date, "metadata", best->where);
  }

  static Json written(const lineage::Written& written) {
    Json out = written.date ? dated(*written.date, written.basis, written.because) : empty_date();
    if (written.earliest && written.latest) {
      out["earliest"] = iso(*written.earliest);
      out["latest"] = iso(*written.latest);
      out["basis"] = written.basis;
      out["because"] = written.because;
    }
    for (const auto& rejected : written.rejected) {
      out["rejected"].push_back({{"date", iso(rejected.date)}, {"where", rejected.where}, {"why", rejected.why}});
    }
    return out;
  }

  // -- lineage ---------------------------------------------------------------------------------------------------

  Json dispatch_json(const lineage::Dispatch& dispatch) const {
    Json out = {{"id", dispatch.id}};
    out["origin"] = origin_json(dispatch.origin);
    out["members"] = list(dispatch.members, [&](const lineage::Member& member) {
      return Json{
          {"article", id(member.article)},
          // To the picture's readers what says the same in other words is reworded.
          {"relation", lineage::name_of(member.relation == lineage::Relation::sibling ? lineage::Relation::rewrite
                                                                                      : member.relation)},
          {"blocks", member.blocks},
          {"share", rounded(member.share)},
          {"from", member.from ? Json(id(*member.from)) : Json(nullptr)},
          {"direction", member.direction == lineage::Direction::from_first ? "known" : "unknown"},
          {"version", member.version > 0 ? Json(member.version) : Json(nullptr)}};
    });
    out["reading"] = id(dispatch.reading);
    out["because"] = dispatch.because;
    return out;
  }

  Json alignment_json(const copies::Alignment& alignment) const {
    Json blocks = Json::array();
    float least = 1;
    for (const auto& link : alignment.blocks) {
      blocks.push_back({link.a, link.b});
      least = std::min(least, link.score);
    }
    const bool is_translation = alignment.by == copies::By::meaning &&
                                picture_.texts[alignment.a].language != picture_.texts[alignment.b].language;
    const char* kind = is_translation                                                       ? "translation"
                       : alignment.by == copies::By::wording && least >= verbatim_score_min ? "copy"
                                                                                            : "rewrite";
    const double share = std::max(alignment.share_of_a, alignment.share_of_b);
    return {
        {"a", id(alignment.a)}, {"b", id(alignment.b)}, {"kind", kind}, {"blocks", blocks}, {"score", rounded(share)}};
  }
  /// Every linked block is the other's words but for a few.
  static constexpr float verbatim_score_min = 0.9F;

  Json drift(const lineage::Drift& drift) const {
    return {
        {"a", id(drift.a)},
        {"b", id(drift.b)},
        {"kind", lineage::name_of(drift.kind)},
        {"evidence",
         {evidence(drift.a, drift.in_a.block, drift.in_a.span), evidence(drift.b, drift.in_b.block, drift.in_b.span)}},
        {"because", drift.because}};
  }

  Json story(std::size_t i) const {
    const auto& story = picture_.stories[i];
    const auto& lines = picture_.situation.story_lines[i];
    return {{"id", story.id},
            {"title", story.title},
            {"languages", story.languages},
            {"articles", list(story.articles, [&](ArticleIndex a) { return id(a); })},
            {"dispatches", list(story.dispatches, [&](std::size_t d) { return picture_.lineage.dispatches[d].id; })},
            {"from", story.from ? Json(iso(*story.from)) : Json(nullptr)},
            {"to", story.to ? Json(iso(*story.to)) : Json(nullptr)},
            {"lines", {{"low", lines.low}, {"high", lines.high}}},
            {"storyline", nullptr}};
  }

  // -- times -----------------------------------------------------------------------------------------------------

  Json time(ArticleIndex i, const facts::Timex& timex) const {
    return {{"type", facts::name_of(timex.type)},
            {"value", timex.value},
            {"mod", or_null(timex.mod)},
            {"quant", or_null(timex.quant)},
            {"freq", or_null(timex.freq)},
            {"date", timex.begin ? Json(iso(*timex.begin)) : Json(nullptr)},
            {"precision", timex.begin ? Json(precision_name(*timex.begin)) : Json(nullptr)},
            {"evidence", {evidence(i, timex.block, timex.span)}}};
  }

  // -- statements ------------------------------------------------------------------------------------------------

  const facts::Statement& statement_at(situation::Occurrence occurrence) const {
    return picture_.facts.articles[occurrence.article].statements[occurrence.statement];
  }

  std::string statement_id(ArticleIndex article, std::uint32_t s) const {
    const auto& statement = statement_at({article, s});
    return content_id("t", fmt::format("{}\n{}\n{}\n{}", id(article), statement.content[0].begin, statement.cue.begin,
                                       quote_of(article, statement)));
  }

  std::string quote_of(ArticleIndex article, const facts::Statement& statement) const {
    std::string quote;
    for (const Span span : statement.content) {
      if (!quote.empty()) quote += " […] ";
      quote += at(article).words_at(span);
    }
    return quote;
  }

  Json statement(ArticleIndex i, std::uint32_t s) const {
    const auto& statement = statement_at({i, s});
    const auto words = [&](Span span) { return span.empty() ? Json(nullptr) : Json(at(i).words_at(span)); };
    Json out = {{"id", statement_id(i, s)},
                {"speaker", actor_ids_[statement.actor]},
                {"speaker_text", at(i).words_at(statement.speaker)},
                {"role", words(statement.role)},
                {"addressee", statement.addressee_actor ? Json(actor_ids_[*statement.addressee_actor]) : Json(nullptr)},
                {"addressee_text", words(statement.addressee)},
                {"occasion", words(statement.occasion)},
                {"kind", facts::name_of(statement.kind)},
                {"act", facts::name_of(statement.act)},
                {"modality", modality_of(statement)},
                {"quote", quote_of(i, statement)},
                {"date", date_of(i, statement)},
                {"via", list(statement.via, [&](const facts::Relay& relay) { return actor_ids_[relay.actor]; })},
                {"place", place_of(i, statement)},
                {"sources", Json::array()}};
    const auto sources = sources_.find({i, statement.block});
    if (sources != sources_.end()) out["sources"] = sources->second;
    out["evidence"] = list(statement.content, [&](Span span) { return evidence(i, statement.block, span); });
    out["cue_evidence"] = passages(i, {statement.cue});
    out["mouth_evidence"] = passages(i, {statement.mouth});
    out["speaker_evidence"] = passages(i, {statement.speaker});
    out["addressee_evidence"] = passages(i, {statement.addressee});
    return out;
  }

  /// Passages wherever in the article they stand; those that are empty are left out.
  Json passages(ArticleIndex i, std::initializer_list<Span> spans) const {
    Json out = Json::array();
    for (const Span span : spans) {
      if (span.empty()) continue;
      const auto& blocks = at(i).blocks;
      const auto block =
          std::find_if(blocks.begin(), blocks.end(), [&](const Block& b) { return b.span.contains(span); });
      if (block != blocks.end()) out.push_back(evidence(i, static_cast<BlockIndex>(block - blocks.begin()), span));
    }
    return out;
  }

  /// As the picture names modalities.
  static std::string_view modality_of(const facts::Statement& statement) {
    return statement.is_denied ? facts::name_of(facts::Modality::denied) : facts::name_of(statement.modality);
  }

  /// The day that the words for when it was said come to.
  Json date_of(ArticleIndex i, const facts::Statement& statement) const {
    if (i >= picture_.times.size() || statement.time.empty()) return nullptr;
    for (const facts::Timex& timex : picture_.times[i]) {
      if (timex.span.overlaps(statement.time) && timex.begin) return iso(*timex.begin);
    }
    return nullptr;
  }

  Json place_of(ArticleIndex i, const facts::Statement& statement) const {
    if (statement.place.empty()) return nullptr;
    for (const auto& mention : picture_.facts.articles[i].places) {
      if (mention.span.overlaps(statement.place)) return place_id(mention.place);
    }
    return nullptr;
  }

  Json event(ArticleIndex i, std::uint32_t e) const {
    const auto& event = picture_.events[i][e];
    const auto actor_id = [&](std::uint32_t actor) { return actor_ids_[actor]; };
    const auto* time = event.time ? &picture_.times[i][*event.time] : nullptr;
    const bool has_date = time != nullptr && time->begin.has_value();
    Json out = {{"id", event_id(i, e)},
                {"class", event.kind->name},
                {"type", or_null(facts::name_of(event.kind->type))},
                {"cameo", or_null(event.kind->cameo)},
                {"mode", or_null(event.kind->mode)},
                {"date", has_date ? Json(iso(*time->begin)) : Json(nullptr)},
                {"time", time == nullptr ? Json(nullptr) : Json(time->value)},
                {"background", event.is_background},
                {"actors", list(event.actors, actor_id)},
                {"recipients", list(event.recipients, actor_id)},
                {"subject", or_null(at(i).words_at(event.subject))},
                {"object", or_null(at(i).words_at(event.object))},
                {"place", event.place ? Json(place_id(*event.place)) : Json(nullptr)},
                {"modality", facts::name_of(event.modality)},
                {"trigger", at(i).words_at(event.trigger)}};
    if (event.statement) out["statement"] = statement_id(i, *event.statement);
    if (event.control) out["control"] = control(*event.control);
    out["evidence"] = {evidence(i, event.block, event.clause)};
    return out;
  }

  Json timeline_item(const situation::TimelineItem& item) const {
    const auto actor_id = [&](std::uint32_t actor) { return actor_ids_[actor]; };
    Json out = {{"id", item.id},
                {"date", iso(item.date)},
                {"precision", precision_name(item.date)},
                {"type", facts::name_of(item.kind->type)},
                {"cameo", item.kind->cameo.substr(0, 2)},
                {"class", item.kind->name},
                {"summary", item.summary},
                {"actors", list(item.actors, actor_id)},
                {"recipients", list(item.recipients, actor_id)},
                {"place", item.place ? Json(place_id(*item.place)) : Json(nullptr)},
                {"modality", facts::name_of(item.modality)},
                {"because", item.because}};
    if (item.control) out["control"] = control(*item.control);
    out["sources"] = item.dispatches;
    out["evidence"] = list(item.tellings, [&](const situation::Telling& telling) {
      const auto& event = picture_.events[telling.article][telling.event];
      return evidence(telling.article, event.block, event.clause);
    });
    return out;
  }

  std::string event_id(ArticleIndex i, std::uint32_t e) const {
    const auto& event = picture_.events[i][e];
    return content_id("e", fmt::format("{} {} {}", at(i).id, event.trigger.begin, event.kind->name));
  }

  Json control(const facts::Event::Control& control) const {
    return {{"place", place_id(control.place)},
            {"by", control.by ? Json(actor_ids_[*control.by]) : Json(nullptr)},
            {"how", facts::name_of(control.change)}};
  }

  Json ledger_row(const situation::LedgerRow& row) const {
    const auto fullest = row.occurrences[0];
    Json out = {{"id", row.id}, {"kind", "statement"}};
    const bool is_denied = statement_at(fullest).is_denied;
    out["what"] = fmt::format("{}{}: {}", picture_.facts.actors[row.first_mouth].name, is_denied ? " denies" : "",
                              quote_of(fullest.article, statement_at(fullest)));
    out["occurrences"] = list(row.occurrences, [&](const auto& o) { return statement_id(o.article, o.statement); });
    out["articles"] = list(row.articles, [&](ArticleIndex a) { return id(a); });
    out["lines"] = {{"low", row.lines.low}, {"high", row.lines.high}, {"because", row.lines.because}};
    out["first_mouths"] = {actor_ids_[row.first_mouth]};
    out["chains"] = list(row.articles, [&](ArticleIndex a) { return chain(row, a); });
    out["evidence"] = Json::array();
    for (const auto& occurrence : row.occurrences) {
      const auto& statement = statement_at(occurrence);
      for (const Span span : statement.content)
        out["evidence"].push_back(evidence(occurrence.article, statement.block, span));
    }
    return out;
  }

  /// From the first mouth over the agency, where one is named, to the page.
  Json chain(const situation::LedgerRow& row, ArticleIndex article) const {
    Json out = {actor_ids_[row.first_mouth]};
    for (const std::size_t d : row.dispatches) {
      const auto& dispatch = picture_.lineage.dispatches[d];
      const bool prints = std::any_of(dispatch.members.begin(), dispatch.members.end(),
                                      [&](const auto& m) { return m.article == article; });
      if (prints && dispatch.origin.agency) out.push_back(agency_actor(*dispatch.origin.agency));
    }
    out.push_back(at(article).outlet.empty() ? at(article).id : at(article).outlet);
    return out;
  }

  std::string agency_actor(std::string_view agency) const {
    for (std::size_t i = 0; i < picture_.facts.actors.size(); ++i) {
      const auto& actor = picture_.facts.actors[i];
      const bool is_source = actor.type == facts::ActorType::news_agency || actor.type == facts::ActorType::outlet;
      if (is_source && actor.name == agency) return actor_ids_[i];
    }
    return std::string(agency);
  }

  Json actor(std::size_t i) const {
    const auto& actor = picture_.facts.actors[i];
    Json names = Json::object();
    for (const auto& [language, forms] : actor.forms) names[language.code()] = forms;
    Json roles = Json::array();
    for (const auto& role : actor.roles)
      roles.push_back({{"role", role.words},
                       {"evidence", {evidence(role.evidence.article, role.evidence.block, role.evidence.span)}}});
    Json may_be = Json::array();
    for (const auto other : actor.may_be) may_be.push_back(actor_ids_[other]);
    return {{"id", actor_ids_[i]},
            {"name", actor.name},
            {"type", facts::name_of(actor.type)},
            {"country", or_null(actor.iso)},
            {"iso", or_null(actor.iso)},
            {"names", names},
            {"roles", roles},
            {"mentions", actor.mentions},
            {"may_be", may_be}};
  }

  Json place_json(std::uint32_t index) const {
    const auto& place = picture_.facts.places[index];
    return {{"id", place_id(index)},
            {"name", place.name},
            {"country", or_null(place.country)},
            {"lat", place.point ? Json(place.point->latitude) : Json(nullptr)},
            {"lon", place.point ? Json(place.point->longitude) : Json(nullptr)},
            {"kind", facts::name_of(place.kind)},
            {"precision", place.point ? Json(static_cast<int>(place.precision)) : Json(nullptr)}};
  }

  std::string place_id(std::uint32_t index) const {
    const auto& place = picture_.facts.places[index];
    if (place.geonames_id) return fmt::format("geonames:{}", *place.geonames_id);
    return content_id("p", fmt::format("{}\n{}\n{}\n{}", place.name, place.country, facts::name_of(place.kind),
                                       place.point.has_value()));
  }

  static double rounded(double share) { return std::round(share * 1000) / 1000; }

  const Picture& picture_;
  const knowledge::Knowledge& knowledge_;
  std::vector<std::string> actor_ids_;
  std::map<std::pair<ArticleIndex, BlockIndex>, std::vector<std::string>> sources_;  ///< the dispatches of a block
};

}  // namespace

std::string actors_json(const Picture& picture, const knowledge::Knowledge& knowledge) {
  return Writer(picture, knowledge).actor_lines();
}

std::string mentions_json(const Picture& picture, const knowledge::Knowledge& knowledge) {
  return Writer(picture, knowledge).mention_lines();
}

std::string timeline_json(const Picture& picture, const knowledge::Knowledge& knowledge) {
  std::string lines;
  for (const auto& item : Writer(picture, knowledge).timeline())
    lines += item.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  return lines;
}

std::string picture_json(const Picture& picture, const knowledge::Knowledge& knowledge) {
  return Writer(picture, knowledge).run().dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json facts_json(const Picture& picture, const knowledge::Knowledge& knowledge, FactKind kind) {
  const Writer writer(picture, knowledge);
  switch (kind) {
    case FactKind::time: return writer.times();
    case FactKind::place: return writer.places();
    case FactKind::actor: return writer.actors();
    case FactKind::statement: return writer.statements();
    case FactKind::quantity: return writer.quantities();
    case FactKind::relation: return writer.relations();
    case FactKind::event: return writer.events();
  }
  return Json::array();
}

std::string article_json(const Article& article, Language language, bool with_blocks) {
  return with_id(article.id, article_json_without_id(article, language, with_blocks));
}

std::string with_id(std::string_view id, std::string_view article_json_without_id) {
  return fmt::format(R"({{"id":{},{})", Json(id).dump(-1, ' ', false, Json::error_handler_t::replace),
                     article_json_without_id.substr(1));
}

std::string article_json_without_id(const Article& article, Language language, bool with_blocks) {
  Json out = {{"source", article.source}, {"url", or_null(article.url)}, {"title", or_null(article.title)}};
  out["authors"] = article.authors;
  out["outlet"] = or_null(article.outlet);
  const GivenDate* published = article.finest_given_date();
  out["published"] = published == nullptr ? Json(nullptr) : Json(iso(published->date));
  out["modified"] = nullptr;
  out["crawled"] = article.crawled ? Json(iso(*article.crawled)) : Json(nullptr);
  out["language"] = language.code();
  std::string body;
  for (const Block& block : article.blocks) {
    if (block.role != Role::body && block.role != Role::subheading) continue;
    if (!body.empty()) body += "\n\n";
    body += trim(article.words_at(block.content()));
  }
  out["text"] = body;
  if (with_blocks) {
    out["blocks"] = Json::array();
    for (const Block& block : article.blocks) out["blocks"].push_back(Writer::block(article, block));
  }
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace depesche::views
