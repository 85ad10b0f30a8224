#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/corpus.h"
#include "engine/engine.h"
#include "lineage/decisions.h"

/// How is it shown? Each view is a function from a picture to text; nothing is computed here that another view would
/// miss.
namespace depesche::views {

/// The picture as JSON (docs/formats/picture.md), one object, keys in a fixed order, with a line break at its end.
std::string picture_json(const Picture& picture, const knowledge::Knowledge& knowledge);

/// How a view for a person is drawn.
struct Terminal {
  int width = 100;  ///< columns; nothing printed is wider, except words that have no place to break
  bool is_coloured = false;
};

struct BriefOptions {
  Terminal terminal;
  bool show_all = false;  ///< every statement, not the first dozen
};

/// What an article tells of.
enum class FactKind : std::uint8_t { time, place, actor, statement, event, quantity, relation };
std::string_view name_of(FactKind kind);
std::optional<FactKind> fact_kind_of(std::string_view name);

enum class FactFormat : std::uint8_t { json, csv, geojson, table };

struct FactsOptions {
  std::vector<FactKind> kinds;  ///< in this order
  FactFormat format = FactFormat::json;
  Terminal terminal;
};

/// What each article tells of, a fact of an article a line (docs/formats/facts.md).
void write_facts(const Picture& picture, const knowledge::Knowledge& knowledge, const FactsOptions& options,
                 const std::function<void(std::string_view)>& sink);

/// Each article's text as it was given with its temporal expressions marked: TimeML 1.2.1, a document each.
void write_timeml(const Picture& picture, const std::function<void(std::string_view)>& sink);

/// The picture for a person.
std::string brief(const Picture& picture, const BriefOptions& options);

/// One article as a line of JSON (docs/formats/read.md).
std::string article_json(const Article& article, Language language, bool with_blocks);

/// The same in two steps, where an article is forgotten before its id is settled: all but the id, which may be anything
/// yet, and then the line with the id in front.
std::string article_json_without_id(const Article& article, Language language, bool with_blocks);
std::string with_id(std::string_view id, std::string_view article_json_without_id);

/// Two articles side by side, block by block in the order of the first, with the words they share (copies::shared_passages)
/// marked; aligned by what they mean, the blocks that say the same.
std::string diff(const Article& a, const Article& b, const copies::Alignment& alignment,
                 std::span<const std::pair<Span, Span>> shared, const Terminal& terminal);

/// Receives what is written, piece by piece.
using Sink = std::function<void(std::string_view)>;

enum class Lines : std::uint8_t { json, csv };

/// A field of CSV, in quotation marks where it needs them (RFC 4180).
std::string csv_cell(std::string_view text);

/// The actors of a pile that have a name, and populations, the most mentioned first: as a table for a person, or one a line as in the picture.
std::string actors(const Picture& picture, const Terminal& terminal);
std::string actors_json(const Picture& picture, const knowledge::Knowledge& knowledge);

/// What happened, by date: for a person, or an event a line as in the picture.
std::string timeline(const Picture& picture, const Terminal& terminal);
std::string timeline_json(const Picture& picture, const knowledge::Knowledge& knowledge);

/// The shapes in which others keep events (docs/formats/events.md).
enum class ExportFormat : std::uint8_t { plover, gdelt };
std::optional<ExportFormat> export_format_of(std::string_view name);
std::string exported(const Picture& picture, ExportFormat format);

/// Each place where an actor or a place is named, one a line: article, block, start and end in code points, type, name.
std::string mentions_json(const Picture& picture, const knowledge::Knowledge& knowledge);

/// Who prints whom: one edge a line (docs/formats/families.md).
void write_edges(const Corpus& corpus, const lineage::Families& families, Lines format, const Sink& sink);

/// One family a line; in CSV one member a line.
void write_families(const Corpus& corpus, const lineage::Families& families, Lines format, const Sink& sink);

/// A person's decisions, one a line, with what became of each; `fates` stands beside them.
enum class Fate : std::uint8_t { in_force, overridden, undone };
std::string_view name_of(Fate fate);
std::string decisions_json(std::span<const lineage::Decision> decisions, std::span<const Fate> fates);
std::string decisions(std::span<const lineage::Decision> decisions, std::span<const Fate> fates,
                      const Terminal& terminal);

/// A line: a word and what it may mean, the likeliest first.
std::string word_report(std::string_view word, Language language, const knowledge::Knowledge& knowledge);

/// What the compiled knowledge holds, from where, under which licence.
std::string knowledge_report(const knowledge::Knowledge& knowledge, const Terminal& terminal);

}  // namespace depesche::views
