#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/unicode.h"
#include "text/concepts.h"
#include "views/paper.h"
#include "views/views.h"

namespace depesche::views {
namespace {

constexpr int gutter = 3;

/// Words of a block, wrapped to a column; each line with the marks under its shared words left to the caller's ink.
std::vector<std::string> wrapped(std::string_view text, int columns) {
  std::vector<std::string> lines(1);
  int width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    auto word = std::string(text.substr(at, end - at));
    at = end + 1;
    if (word.empty()) continue;
    if (width > 0 && width + 1 + terminal_width(word) > columns) {
      lines.emplace_back();
      width = 0;
    }
    if (width == 0) word = shortened(word, columns);
    if (width > 0) lines.back() += ' ';
    width += terminal_width(word) + (width > 0);
    lines.back() += word;
  }
  return lines;
}

/// The block's words with what the other side does not share in [brackets]: readable without colour.
std::string marked(const Article& article, Span content, const std::vector<Span>& shared) {
  std::string out;
  std::uint32_t at = content.begin;
  const auto alone = [&](std::uint32_t end) {
    const auto words = article.words_at({at, end});
    const auto inner = trim(words);
    if (inner.empty() || fold(inner).empty()) {
      out += words;
      return;
    }
    const auto lead = static_cast<std::size_t>(inner.data() - words.data());
    out.append(words.substr(0, lead)).append("[").append(inner).append("]").append(words.substr(lead + inner.size()));
  };
  for (const Span span : shared) {
    if (span.begin < at || span.end > content.end) continue;
    alone(span.begin);
    out += article.words_at(span);
    at = span.end;
  }
  alone(content.end);
  return on_one_line(out);
}

class Diff {
 public:
  Diff(const Article& a, const Article& b, const copies::Alignment& alignment,
       std::span<const std::pair<Span, Span>> shared, const Terminal& terminal)
      : a_(a), b_(b), alignment_(alignment), paper_(terminal), column_((terminal.width - gutter) / 2) {
    for (const auto& [x, y] : shared) {
      shared_a_.push_back(x);
      shared_b_.push_back(y);
    }
    std::sort(shared_a_.begin(), shared_a_.end());
    std::sort(shared_b_.begin(), shared_b_.end());
  }

  std::string run() {
    pair(on_one_line(a_.id), on_one_line(b_.id), ' ', Ink::heading);
    paper_.line(summary(), 2, Ink::faint);
    paper_.blank();
    auto links = alignment_.blocks;
    std::sort(links.begin(), links.end());
    std::set<BlockIndex> shown_b;
    BlockIndex next_b = 0;
    for (BlockIndex i = 0; i < a_.blocks.size(); ++i) {
      if (!is_text(a_.blocks[i])) continue;
      auto link = std::find_if(links.begin(), links.end(), [&](const auto& l) { return l.a == i; });
      if (link == links.end()) {
        pair(on_one_line(a_.words_at(a_.blocks[i].content())), "", '<', Ink::plain);
        continue;
      }
      // A paragraph may have been divided: all that the other made of it stands beside it.
      for (bool is_first = true; link != links.end() && link->a == i; ++link, is_first = false) {
        while (next_b < link->b) only_b(next_b++, shown_b);
        const bool is_new = shown_b.insert(link->b).second;
        if (!is_first && !is_new) continue;
        pair(is_first ? words_of(a_, i, shared_a_) : "", is_new ? words_of(b_, link->b, shared_b_) : "(above)", '=',
             Ink::plain);
        next_b = std::max(next_b, link->b + 1);
      }
    }
    for (; next_b < b_.blocks.size(); ++next_b) only_b(next_b, shown_b);
    return paper_.take();
  }

 private:
  bool is_by_meaning() const { return alignment_.by == copies::By::meaning; }

  std::string summary() const {
    const auto shares = fmt::format("{:.0f} % of the words of {}, {:.0f} % of {}", 100 * alignment_.share_of_a,
                                    on_one_line(a_.id), 100 * alignment_.share_of_b, on_one_line(b_.id));
    if (is_by_meaning())
      return fmt::format("said in both languages: {}; = paragraphs that say the same; < and > only here", shares);
    return fmt::format(
        "shared: {}; resemblance {:.2f}; = linked, with [the words that the other does not have]; < and > only here",
        shares, alignment_.resemblance);
  }

  std::string words_of(const Article& article, BlockIndex block, const std::vector<Span>& shared) const {
    const Span content = article.blocks[block].content();
    return is_by_meaning() ? on_one_line(article.words_at(content)) : marked(article, content, shared);
  }

  static bool is_text(const Block& block) { return block.role == Role::body || block.role == Role::subheading; }

  void only_b(BlockIndex j, std::set<BlockIndex>& shown) {
    const bool comes_later =
        std::any_of(alignment_.blocks.begin(), alignment_.blocks.end(), [&](const auto& l) { return l.b == j; });
    if (!is_text(b_.blocks[j]) || comes_later || !shown.insert(j).second) return;
    pair("", on_one_line(b_.words_at(b_.blocks[j].content())), '>', Ink::plain);
  }

  void pair(std::string_view left, std::string_view right, char sign, Ink ink) {
    const auto x = wrapped(left, column_);
    const auto y = wrapped(right, column_);
    for (std::size_t i = 0; i < std::max(x.size(), y.size()); ++i) {
      const std::string row = fmt::format("{} {} {}", padded(i < x.size() ? x[i] : "", column_), i == 0 ? sign : ' ',
                                          i < y.size() ? y[i] : "");
      const auto end = row.find_last_not_of(' ');
      paper_.line(std::string_view(row).substr(0, end == std::string::npos ? 0 : end + 1), 0, ink);
    }
    if (ink != Ink::heading) paper_.blank();
  }

  const Article& a_;
  const Article& b_;
  const copies::Alignment& alignment_;
  Paper paper_;
  int column_;
  std::vector<Span> shared_a_;
  std::vector<Span> shared_b_;
};

}  // namespace

std::string diff(const Article& a, const Article& b, const copies::Alignment& alignment,
                 std::span<const std::pair<Span, Span>> shared, const Terminal& terminal) {
  return Diff(a, b, alignment, shared, terminal).run();
}

std::string word_report(std::string_view word, Language language, const knowledge::Knowledge& knowledge) {
  std::string out(word);
  for (const auto id : text::concepts_of_word(word, language, knowledge)) {
    switch (id.kind()) {
      case knowledge::ConceptKind::word: out += fmt::format("  {}", knowledge.pivot(id.value()).text); break;
      case knowledge::ConceptKind::month: out += fmt::format("  month {}", id.value()); break;
      case knowledge::ConceptKind::weekday: out += fmt::format("  weekday {}", id.value()); break;
      case knowledge::ConceptKind::number: out += "  a number"; break;
      case knowledge::ConceptKind::sound: out += fmt::format("  its sound ({:06x})", id.value()); break;
      case knowledge::ConceptKind::cognate: out += fmt::format("  its first letters ({:06x})", id.value()); break;
    }
  }
  return out + '\n';
}

std::string knowledge_report(const knowledge::Knowledge& knowledge, const Terminal& terminal) {
  Paper paper(terminal);
  paper.line(knowledge.file().string(), 2, Ink::heading);
  for (const auto& ingredient : knowledge.ingredients()) {
    if (!ingredient.missing.empty()) {
      paper.line(fmt::format("  missing    {}: {}", ingredient.what, ingredient.missing), 13, Ink::warning);
      continue;
    }
    paper.line(
        fmt::format("  {:>9}  {}; from {}; {}", ingredient.count, ingredient.what, ingredient.from, ingredient.licence),
        13);
  }
  return paper.take();
}

}  // namespace depesche::views
