#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/cli.h"
#include "copies/meanings.h"
#include "copies/rewriting.h"
#include "copies/sentences.h"
#include "core/unicode.h"
#include "intake/decode.h"
#include "intake/unpack.h"

namespace depesche::cli {
namespace {

/// A text and what of it is linked.
struct Side {
  Article article;
  text::Text text;
  std::vector<text::Sentence> sentences;
  bool is_whole = true;  ///< nothing was rejected on the way
};

std::optional<Side> side_of_article(const std::string& path, const knowledge::Knowledge& knowledge,
                                    const Common& common) {
  auto pile = read_one(path, "align", knowledge, common);
  if (!pile) return {};
  Side side;
  side.article = std::move(pile->articles[0]);
  side.text = text::annotate(side.article, knowledge);
  side.sentences = copies::body_sentences(side.article, side.text);
  side.is_whole = pile->rejected.empty();
  return side;
}

/// The bytes of a file or of standard input, unpacked.
Result<std::string> bytes_of(const std::string& path, std::size_t bytes_max) {
  constexpr std::size_t piece_bytes = 1u << 20;
  auto packed = path == "-" ? intake::standard_input() : TRY(intake::file_stream(path));
  intake::Unpacker stream(*packed);
  std::string bytes;
  for (;;) {
    const auto size = bytes.size();
    bytes.resize(size + piece_bytes);
    const auto read = TRY(stream.read(std::span(bytes).subspan(size)));
    bytes.resize(size + read);
    if (bytes.size() > bytes_max) return fail(Fault::bad_input, fmt::format("larger than {} bytes", bytes_max), path);
    if (read < piece_bytes) break;
  }
  if (!stream.damage().empty()) return fail(Fault::bad_input, stream.damage(), path);
  return bytes;
}

/// A file of one sentence a line: every line is a block of the body and a sentence, whatever it looks like.
Result<Side> side_of_lines(const std::string& path, const knowledge::Knowledge& knowledge) {
  const auto bytes = TRY(bytes_of(path, intake::Options().article_bytes_max));
  if (intake::format_of_bytes(bytes) == intake::Format::binary) return fail(Fault::unsupported, "is no text", path);
  auto decoded = intake::decode(bytes, intake::Format::text);
  if (decoded.broken > 0)
    fmt::print(stderr, "depesche: {}: {} bytes mean nothing in {}\n", printable(path), decoded.broken, decoded.charset);
  Side side;
  side.article.source = path;
  side.article.text = std::move(decoded.text);
  const std::string_view text = side.article.text;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    const auto words = trim(text.substr(begin, end - begin));
    const auto at = static_cast<std::uint32_t>(words.empty() ? begin : words.data() - text.data());
    side.sentences.push_back({.span = {at, at + static_cast<std::uint32_t>(words.size())}});
    if (!words.empty()) {
      side.sentences.back().block = static_cast<BlockIndex>(side.article.blocks.size());
      side.article.blocks.push_back({.line = static_cast<std::uint32_t>(side.sentences.size()),
                                     .role = Role::body,
                                     .span = side.sentences.back().span,
                                     .because = {},
                                     .cut = {}});
    }
    begin = end + 1;
  }
  side.text = text::annotate(side.article, knowledge);
  std::uint32_t token = 0;
  const auto& tokens = side.text.tokens;
  for (auto& sentence : side.sentences) {
    sentence.first_token = token;
    while (token < tokens.size() && tokens[token].span.begin < sentence.span.end) ++token;
    sentence.last_token = token;
  }
  return side;
}

std::string lines_of(const std::vector<copies::SentenceLink>& links) {
  std::string lines;
  for (const auto& link : links) {
    lines += fmt::format("{{\"a\":[{}],\"b\":[{}],\"score\":{:.4f}}}\n", fmt::join(link.a, ","), fmt::join(link.b, ","),
                         link.score);
  }
  return lines;
}

bool are_of_one_language(const Side& a, const Side& b) { return a.text.language == b.text.language; }

copies::Body body_of(const Side& side, const knowledge::Knowledge& knowledge) {
  auto text = side.text;
  text.sentences = side.sentences;
  return copies::body_of(side.article, text, knowledge);
}

/// Texts of one language are linked by their words, texts of two by what they mean.
std::vector<copies::SentenceLink> links_of(const Side& a, const Side& b, const knowledge::Knowledge& knowledge) {
  if (are_of_one_language(a, b))
    return copies::link_sentences(copies::keys_of(a.text, a.sentences), copies::keys_of(b.text, b.sentences));
  return copies::link_meanings(body_of(a, knowledge), body_of(b, knowledge));
}

std::string summary_as_json(std::string_view grade, const copies::Comparison& comparison, std::size_t links) {
  std::string json = fmt::format("{{\"grade\":\"{}\"", grade);
  for (const auto& [name, value] : {std::pair("share_of_a", comparison.share_of_a),
                                    {"share_of_b", comparison.share_of_b},
                                    {"linked_share_of_a", comparison.linked_share_of_a},
                                    {"linked_share_of_b", comparison.linked_share_of_b},
                                    {"resemblance", comparison.resemblance},
                                    {"containment", comparison.containment},
                                    {"verbatim", comparison.verbatim},
                                    {"evidence", comparison.evidence}}) {
    json += fmt::format(",\"{}\":{:.4f}", name, value);
  }
  return json + fmt::format(",\"plain_words\":{},\"links\":{},\"words_of_a\":{},\"words_of_b\":{}}}\n",
                            comparison.plain_words, links, comparison.words_of_a, comparison.words_of_b);
}

/// Two languages share no wording; what they say in common is told by linked sentences alone.
std::string summary_of(const Side& a, const Side& b, const knowledge::Knowledge& knowledge) {
  if (are_of_one_language(a, b)) {
    const auto comparison = copies::compare(a.article, a.text, a.sentences, b.article, b.text, b.sentences);
    return summary_as_json(copies::name_of(copies::grade(comparison)), comparison, comparison.links.size());
  }
  const auto body_of_a = body_of(a, knowledge);
  const auto body_of_b = body_of(b, knowledge);
  const auto alignment = copies::align_meanings(body_of_a, body_of_b);
  copies::Comparison comparison;
  comparison.words_of_a = body_of_a.words_in_sentences;
  comparison.words_of_b = body_of_b.words_in_sentences;
  comparison.linked_share_of_a = alignment.share_of_a;
  comparison.linked_share_of_b = alignment.share_of_b;
  return summary_as_json(alignment.strength >= copies::strength_min ? "translation" : "none", comparison,
                         alignment.links);
}

}  // namespace

void add_align(CLI::App& program, int& status) {
  struct Options {
    Common common;
    std::string a;
    std::string b;
    bool are_sentences = false;
    bool is_summary = false;
  };
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("align", "Which sentences of two articles say the same, one JSON line a link");
  command->add_option("A", options->a, "A file that holds one article")->required();
  command->add_option("B", options->b, "Another")->required();
  command->add_flag("--sentences", options->are_sentences, "The files hold one sentence a line, taken as they are");
  command->add_flag("--summary", options->is_summary,
                    "One object instead: what the two have in common, and the grade of rewriting");
  options->common.add_to(*command);
  command->callback([options, &status] {
    check_inputs_differ(options->a, options->b);
    with_knowledge(options->common, status, [&](const knowledge::Knowledge& knowledge) {
      const auto side_of = [&](const std::string& path) -> std::optional<Side> {
        if (!options->are_sentences) return side_of_article(path, knowledge, options->common);
        auto side = side_of_lines(path, knowledge);
        if (side.has_value()) return std::move(*side);
        report_rejected(intake::Leftovers{{{path, side.error()}}, {}, {}}, options->common);
        return {};
      };
      const auto a = side_of(options->a);
      const auto b = side_of(options->b);
      if (!a || !b) return int(some_input_rejected);
      const int exit = a->is_whole && b->is_whole ? done : some_input_rejected;
      if (options->is_summary) {
        return print(summary_of(*a, *b, knowledge), exit);
      }
      return print(lines_of(links_of(*a, *b, knowledge)), exit);
    });
  });
}

}  // namespace depesche::cli
