// HTML5 says how every sequence of bytes becomes a tree, and it is a trap: each <div> looks up the whole stack of open
// elements for a <p> to close, so a page of n nested elements costs n² steps; and each <p> opens again all the <b> and
// <font> that are still open, so n of these before n of those build n² elements. A page of 32 MB made for it would keep
// us for hours. Browsers cut the nesting at 512. We count what is open with one pass over the tags before anything is
// built, and read a page that goes deeper without its nesting. Real pages stay below 100.
#include "intake/html_tree.h"

#include <algorithm>
#include <array>

namespace depesche::intake {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t depth_max = 512;
constexpr std::size_t reopened_max = 20'000'000;

struct Tag {
  std::string_view name;  ///< as written
  std::size_t end = 0;    ///< behind its ">"
  bool closes = false;
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_name(std::string_view written, std::string_view name) {
  return std::equal(written.begin(), written.end(), name.begin(), name.end(),
                    [](char a, char b) { return lower(a) == b; });
}

template <std::size_t Size>
bool is_one_of(std::string_view written, const std::array<std::string_view, Size>& names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return is_name(written, name); });
}

/// Where the content of a <script> and its like ends, whose tags are no tags.
std::size_t end_of_raw_text(std::string_view page, std::size_t at, std::string_view name) {
  for (at = page.find("</", at); at != std::string_view::npos; at = page.find("</", at + 2)) {
    if (is_name(page.substr(at + 2, name.size()), name)) return at;
  }
  return page.size();
}

/// Calls `see(tag, begin)` for each tag outside of comments and scripts.
template <class See>
void for_each_tag(std::string_view page, const See& see) {
  static constexpr std::array raw = {"script"sv, "style"sv, "textarea"sv, "title"sv};
  for (auto at = page.find('<'); at != std::string_view::npos; at = page.find('<', at)) {
    const auto begin = at;
    if (page.substr(at, 4) == "<!--") {
      at = std::min(page.find("-->", at + 4), page.size());
      see(Tag{{}, at}, begin);
      continue;
    }
    Tag tag;
    tag.closes = at + 1 < page.size() && page[at + 1] == '/';
    const auto name_begin = at + 1 + tag.closes;
    if (name_begin >= page.size() || lower(page[name_begin]) < 'a' || lower(page[name_begin]) > 'z') {
      ++at;
      continue;
    }
    const auto name_end = std::min(page.find_first_of(" \t\r\n\f/>", name_begin), page.size());
    tag.name = page.substr(name_begin, name_end - name_begin);
    at = page.find('>', name_end);
    at = tag.end = at == std::string_view::npos ? page.size() : at + 1;
    if (!tag.closes) {
      for (const auto name : raw) {
        if (!is_name(tag.name, name)) continue;
        at = end_of_raw_text(page, at, name);
        if (name != "textarea") tag.end = at;
      }
    }
    see(tag, begin);
  }
}

}  // namespace

HtmlTree::HtmlTree(std::string_view page) {
  std::string flat;
  if (is_nested_too_deep(page)) {
    flat = without_nesting(page);
    page = flat;
  }
  parser_ = myhtml_create();
  myhtml_init(parser_, MyHTML_OPTIONS_PARSE_MODE_SINGLE, 1, 0);
  tree_ = myhtml_tree_create();
  myhtml_tree_init(tree_, parser_);
  myhtml_parse(tree_, MyENCODING_UTF_8, page.data(), page.size());
}

HtmlTree::~HtmlTree() {
  myhtml_tree_destroy(tree_);
  myhtml_destroy(parser_);
}

myhtml_tree_node_t* HtmlTree::root() const { return myhtml_tree_get_document(tree_); }

std::string_view attribute(myhtml_tree_node_t* node, std::string_view name) {
  myhtml_tree_attr_t* found = myhtml_attribute_by_key(node, name.data(), name.size());
  if (!found) return {};
  std::size_t size = 0;
  const char* value = myhtml_attribute_value(found, &size);
  return value ? std::string_view(value, size) : std::string_view();
}

bool has_attribute(myhtml_tree_node_t* node, std::string_view name) {
  return myhtml_attribute_by_key(node, name.data(), name.size()) != nullptr;
}

std::string_view text_of(myhtml_tree_node_t* node) {
  std::size_t size = 0;
  const char* text = myhtml_node_text(node, &size);
  return text ? std::string_view(text, size) : std::string_view();
}

bool is_nested_too_deep(std::string_view page) {
  // Elements that have no content, and those that close their like when they begin, never nest.
  static constexpr std::array flat = {
      "p"sv,  "br"sv,     "img"sv,   "li"sv,    "input"sv, "meta"sv,  "link"sv,     "hr"sv,    "td"sv,  "tr"sv,
      "th"sv, "source"sv, "area"sv,  "base"sv,  "col"sv,   "embed"sv, "param"sv,    "track"sv, "wbr"sv, "dt"sv,
      "dd"sv, "option"sv, "thead"sv, "tbody"sv, "tfoot"sv, "body"sv,  "colgroup"sv, "html"sv,  "head"sv};
  static constexpr std::array formatting = {"b"sv,     "i"sv,    "a"sv,   "font"sv, "strong"sv, "em"sv,     "u"sv,
                                            "small"sv, "code"sv, "big"sv, "nobr"sv, "s"sv,      "strike"sv, "tt"sv};
  static constexpr std::array drawing = {"svg"sv,    "g"sv,     "path"sv,    "use"sv,      "rect"sv,
                                         "circle"sv, "line"sv,  "polygon"sv, "polyline"sv, "ellipse"sv,
                                         "stop"sv,   "image"sv, "defs"sv};
  bool in_drawing = false;
  std::size_t depth = 0, deepest = 0, open_formatting = 0, reopened = 0;
  for_each_tag(page, [&](const Tag& tag, std::size_t) {
    if (tag.name.empty()) return;
    const bool is_formatting = is_one_of(tag.name, formatting);
    if (is_formatting) open_formatting = tag.closes ? open_formatting - (open_formatting > 0) : open_formatting + 1;
    reopened += open_formatting;
    if (is_one_of(tag.name, flat)) return;
    // "/>" closes only what stands inside <svg>, and what is no part of a drawing ends the <svg>.
    if (is_name(tag.name, "svg")) in_drawing = !tag.closes;
    in_drawing = in_drawing && is_one_of(tag.name, drawing);
    if (in_drawing && !tag.closes && page[tag.end - 2] == '/') return;
    depth = tag.closes ? depth - (depth > 0) : depth + 1;
    deepest = std::max(deepest, depth);
  });
  return deepest > depth_max || reopened > reopened_max;
}

std::string without_nesting(std::string_view page) {
  static constexpr std::array inline_tags = {"a"sv,      "abbr"sv,  "b"sv,   "big"sv,  "cite"sv, "code"sv,
                                             "em"sv,     "font"sv,  "i"sv,   "mark"sv, "q"sv,    "s"sv,
                                             "small"sv,  "span"sv,  "sub"sv, "sup"sv,  "time"sv, "u"sv,
                                             "strong"sv, "label"sv, "del"sv, "ins"sv,  "tt"sv,   "nobr"sv};
  std::string out;
  std::size_t behind = 0;
  for_each_tag(page, [&](const Tag& tag, std::size_t begin) {
    if (begin < behind) return;
    out += page.substr(behind, begin - behind);
    if (!tag.name.empty() && !is_one_of(tag.name, inline_tags)) out += "<p>";
    behind = tag.end;
  });
  out += page.substr(std::min(behind, page.size()));
  return out;
}

}  // namespace depesche::intake
