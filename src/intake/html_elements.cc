// The tree is walked in a loop, not in a recursion, because a page may be nested as deep as somebody likes. What holds
// inside of an element (its block, its region, whether it is linked) lies on a stack of frames beside the walk. White
// space is squeezed as browsers do; two <br> in a row end a block, because old pages part their paragraphs so.
#include "intake/html_elements.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "core/unicode.h"

namespace depesche::intake {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t times_max = 4;

/// What the words in class and id attributes say. These are the words of page makers, whatever the language of the
/// page.
struct Hint {
  std::string_view word;
  std::string_view because;
};
constexpr std::array hints = std::to_array<Hint>({
    {"comment", because_comments},
    {"comments", because_comments},
    {"commentlist", because_comments},
    {"disqus", because_comments},
    {"nav", "page navigation"},
    {"navbar", "page navigation"},
    {"navigation", "page navigation"},
    {"menu", "page navigation"},
    {"breadcrumb", "page navigation"},
    {"breadcrumbs", "page navigation"},
    {"pagination", "page navigation"},
    {"share", "share buttons"},
    {"sharing", "share buttons"},
    {"sharedaddy", "share buttons"},
    {"social", "share buttons"},
    {"addtoany", "share buttons"},
    {"related", "links to other articles"},
    {"recommended", "links to other articles"},
    {"recommendations", "links to other articles"},
    {"recommendation", "links to other articles"},
    {"readmore", "links to other articles"},
    {"outbrain", "links to other articles"},
    {"taboola", "links to other articles"},
    {"teasers", "links to other articles"},
    {"trending", "links to other articles"},
    {"popular", "links to other articles"},
    {"mostread", "links to other articles"},
    {"cookie", "cookie notice"},
    {"cookies", "cookie notice"},
    {"consent", "cookie notice"},
    {"gdpr", "cookie notice"},
    {"newsletter", "subscription prompt"},
    {"subscribe", "subscription prompt"},
    {"subscription", "subscription prompt"},
    {"signup", "subscription prompt"},
    {"promo", "subscription prompt"},
    {"ad", "advertisement"},
    {"ads", "advertisement"},
    {"advert", "advertisement"},
    {"advertisement", "advertisement"},
    {"sponsor", "advertisement"},
    {"sponsored", "advertisement"},
    {"sidebar", "beside the article"},
    {"widget", "beside the article"},
    {"footer", "page footer"},
    {"copyright", "page footer"},
    {"modal", "dialog"},
    {"popup", "dialog"},
    {"tags", "keywords of the page"},
    {"taglist", "keywords of the page"},
    {"metadata", "metadata of the page"},
    {"byline", hint_byline},
    {"author", hint_byline},
    {"authors", hint_byline},
    {"caption", hint_caption},
    {"figcaption", hint_caption},
    {"lede", hint_lede},
    {"lead", hint_lede},
    {"standfirst", hint_lede},
    {"dek", hint_lede},
    {"subheadline", hint_lede},
    {"subtitle", hint_lede},
    {"summary", hint_lede},
    {"intro", hint_lede},
    {"excerpt", hint_lede},
});

/// What an element is to the text around it.
enum class Kind : std::uint8_t { block, inline_text, line_break, unseen };

Kind kind_of(myhtml_tag_id_t tag) {
  switch (tag) {
    case MyHTML_TAG_SCRIPT:
    case MyHTML_TAG_STYLE:
    case MyHTML_TAG_TEMPLATE:
    case MyHTML_TAG_SVG:
    case MyHTML_TAG_IFRAME:
    case MyHTML_TAG_OBJECT:
    case MyHTML_TAG_EMBED:
    case MyHTML_TAG_CANVAS:
    case MyHTML_TAG_AUDIO:
    case MyHTML_TAG_VIDEO:
    case MyHTML_TAG_NOEMBED:
    case MyHTML_TAG_NOFRAMES:
    case MyHTML_TAG_DATALIST:
    case MyHTML_TAG_TITLE:
    case MyHTML_TAG_META:
    case MyHTML_TAG_LINK: return Kind::unseen;
    case MyHTML_TAG_BR: return Kind::line_break;
    case MyHTML_TAG_A:
    case MyHTML_TAG_ABBR:
    case MyHTML_TAG_ACRONYM:
    case MyHTML_TAG_B:
    case MyHTML_TAG_BDI:
    case MyHTML_TAG_BDO:
    case MyHTML_TAG_BIG:
    case MyHTML_TAG_CITE:
    case MyHTML_TAG_CODE:
    case MyHTML_TAG_DEL:
    case MyHTML_TAG_DFN:
    case MyHTML_TAG_EM:
    case MyHTML_TAG_FONT:
    case MyHTML_TAG_I:
    case MyHTML_TAG_IMG:
    case MyHTML_TAG_INS:
    case MyHTML_TAG_KBD:
    case MyHTML_TAG_LABEL:
    case MyHTML_TAG_MARK:
    case MyHTML_TAG_NOBR:
    case MyHTML_TAG_Q:
    case MyHTML_TAG_RUBY:
    case MyHTML_TAG_RB:
    case MyHTML_TAG_S:
    case MyHTML_TAG_SAMP:
    case MyHTML_TAG_SMALL:
    case MyHTML_TAG_SPAN:
    case MyHTML_TAG_STRIKE:
    case MyHTML_TAG_STRONG:
    case MyHTML_TAG_SUB:
    case MyHTML_TAG_SUP:
    case MyHTML_TAG_TIME:
    case MyHTML_TAG_TT:
    case MyHTML_TAG_U:
    case MyHTML_TAG_VAR:
    case MyHTML_TAG_WBR: return Kind::inline_text;
    default: return Kind::block;
  }
}

/// Why an element is no part of an article by what it is; empty where it may be.
std::string_view set_aside_by_element(Node node, myhtml_tag_id_t tag) {
  switch (tag) {
    case MyHTML_TAG_NAV: return "page navigation";
    case MyHTML_TAG_ASIDE: return "beside the article";
    case MyHTML_TAG_FOOTER: return "page footer";
    case MyHTML_TAG_FORM:
    case MyHTML_TAG_BUTTON:
    case MyHTML_TAG_SELECT:
    case MyHTML_TAG_TEXTAREA:
    case MyHTML_TAG_FIELDSET: return "form";
    case MyHTML_TAG_DIALOG: return "dialog";
    case MyHTML_TAG_MENU: return "page navigation";
    case MyHTML_TAG_NOSCRIPT: return "for browsers without scripts";
    default: break;
  }
  const auto role = attribute(node, "role");
  if (role == "navigation" || role == "menu" || role == "menubar" || role == "tablist") return "page navigation";
  if (role == "complementary") return "beside the article";
  if (role == "contentinfo") return "page footer";
  if (role == "banner" || role == "search") return "page header";
  if (role == "dialog" || role == "alertdialog") return "dialog";
  if (has_attribute(node, "hidden") || attribute(node, "aria-hidden") == "true") return "hidden";
  const auto style = attribute(node, "style");
  if (style.find("display:none") != std::string_view::npos || style.find("display: none") != std::string_view::npos)
    return "hidden";
  return {};
}

/// The hint that a word of the element's class or id gives. "articleBody-related_links" has the words article, body,
/// related, links.
std::string_view hint_of(Node node) {
  static const auto by_word = [] {
    std::unordered_map<std::string_view, std::string_view> map;
    for (const auto& hint : hints) map.emplace(hint.word, hint.because);
    return map;
  }();
  std::string word;
  for (const auto value : {attribute(node, "class"), attribute(node, "id")}) {
    const auto size = std::min<std::size_t>(value.size(), 400);
    for (std::size_t i = 0; i <= size; ++i) {
      const char c = i < size ? value[i] : ' ';
      const bool is_upper = c >= 'A' && c <= 'Z';
      const bool is_letter = is_upper || (c >= 'a' && c <= 'z');
      const bool begins = is_upper && i > 0 && value[i - 1] >= 'a' && value[i - 1] <= 'z';
      if (!word.empty() && (!is_letter || begins)) {
        if (const auto found = by_word.find(word); found != by_word.end()) return found->second;
        word.clear();
      }
      if (is_letter && word.size() < 24) word += is_upper ? static_cast<char>(c + 32) : c;
    }
  }
  return {};
}

/// Walks the tree and gathers text, regions and the head.
class Walker {
 public:
  explicit Walker(Elements& page) : page_(page), text_(page.text) {}

  void walk(Node root);

 private:
  /// What holds inside of an element.
  struct Frame {
    Node owner = nullptr;
    myhtml_tag_id_t owner_tag = MyHTML_TAG__UNDEF;
    int region = -1;
    std::string_view hint;
    bool is_linked = false;
    bool is_block = false;
  };

  /// Whether to go into the element's children.
  bool enter(Node node, const Frame& around, Frame& inside);
  void read_unseen(Node node, myhtml_tag_id_t tag);
  void add_text(std::string_view words, const Frame& frame);
  void end_block();

  Elements& page_;
  std::string& text_;
  std::optional<Element> open_;
  bool gap_ = false;          ///< white space was seen since the last character
  unsigned line_breaks_ = 0;  ///< <br> since the last character
};

void Walker::end_block() {
  line_breaks_ = 0;
  gap_ = false;
  if (!open_) return;
  const auto words = trim(std::string_view(text_).substr(open_->span.begin));
  open_->span.begin = static_cast<std::uint32_t>(words.data() - text_.data());
  open_->span.end = open_->span.begin + static_cast<std::uint32_t>(words.size());
  if (!open_->span.empty()) page_.elements.push_back(*open_);
  text_ += '\n';
  open_.reset();
}

void Walker::add_text(std::string_view words, const Frame& frame) {
  for (std::size_t i = 0; i < words.size();) {
    const bool is_space =
        words[i] == ' ' || words[i] == '\n' || words[i] == '\t' || words[i] == '\r' || words[i] == '\f';
    if (is_space) {
      gap_ = true;
      ++i;
      continue;
    }
    auto end = words.find_first_of(" \n\t\r\f", i);
    if (end == std::string_view::npos) end = words.size();
    const auto word = words.substr(i, end - i);
    i = end;
    if (!open_ && trim(word).empty()) continue;
    if (!open_) {
      open_ = Element{};
      open_->owner = frame.owner;
      open_->tag = frame.owner_tag;
      open_->region = frame.region;
      open_->hint = frame.hint;
      open_->span.begin = static_cast<std::uint32_t>(text_.size());
    } else if (gap_ || line_breaks_ > 0) {
      text_ += ' ';
    }
    gap_ = false;
    line_breaks_ = 0;
    text_ += word;
    if (frame.is_linked) open_->linked_bytes += static_cast<std::uint32_t>(word.size() + 1);
  }
}

void Walker::read_unseen(Node node, myhtml_tag_id_t tag) {
  constexpr std::size_t meta_max = 200, scripts_max = 20;
  const auto child = myhtml_node_child(node);
  if (tag == MyHTML_TAG_TITLE) {
    if (page_.head.title.empty() && child) page_.head.title = trim(text_of(child));
  } else if (tag == MyHTML_TAG_META) {
    std::string name(attribute(node, "property"));
    for (const auto other : {"name"sv, "itemprop"sv, "http-equiv"sv}) {
      if (name.empty()) name = attribute(node, other);
    }
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (!name.empty() && page_.head.meta.size() < meta_max)
      page_.head.meta.emplace_back(name, trim(attribute(node, "content")));
  } else if (tag == MyHTML_TAG_LINK) {
    if (attribute(node, "rel") == "canonical" && page_.head.canonical.empty())
      page_.head.canonical = trim(attribute(node, "href"));
  } else if (tag == MyHTML_TAG_SCRIPT && child && page_.head.linked_data.size() < scripts_max) {
    if (attribute(node, "type").find("ld+json") != std::string_view::npos)
      page_.head.linked_data.emplace_back(text_of(child));
  }
}

bool Walker::enter(Node node, const Frame& around, Frame& inside) {
  const auto tag = myhtml_node_tag_id(node);
  if (tag == MyHTML_TAG__TEXT) {
    const auto words = text_of(node);
    std::size_t broken = 0;  // a character reference can name what is no character
    if (is_valid_utf8(words)) {
      add_text(words, around);
    } else {
      add_text(repair_utf8(words, broken), around);
    }
    return false;
  }
  if (tag == MyHTML_TAG__COMMENT || tag == MyHTML_TAG__DOCTYPE) return false;
  const auto kind = kind_of(tag);
  if (kind == Kind::unseen) {
    read_unseen(node, tag);
    return false;
  }
  if (kind == Kind::line_break) {
    // Two in a row are how old pages part paragraphs.
    if (++line_breaks_ == 2) end_block();
    return false;
  }
  if (tag == MyHTML_TAG_HTML && page_.head.language.empty()) page_.head.language = attribute(node, "lang");
  if (tag == MyHTML_TAG_BODY && !page_.body) page_.body = node;

  inside = around;
  inside.is_block = kind == Kind::block;
  inside.is_linked |= tag == MyHTML_TAG_A && has_attribute(node, "href");
  if (inside.is_block) {
    end_block();
    inside.owner = node;
    inside.owner_tag = tag;
  }
  auto because =
      tag == MyHTML_TAG_BODY || tag == MyHTML_TAG_HTML ? std::string_view() : set_aside_by_element(node, tag);
  if (because.empty() && tag != MyHTML_TAG_BODY && tag != MyHTML_TAG_HTML) {
    const auto hint = hint_of(node);
    if (hint == hint_byline || hint == hint_caption || hint == hint_lede) {
      inside.hint = hint;
    } else if (inside.is_block) {
      because = hint;
    }
  }
  if (tag == MyHTML_TAG_FIGCAPTION || tag == MyHTML_TAG_CAPTION) inside.hint = hint_caption;
  if (tag == MyHTML_TAG_ADDRESS || attribute(node, "rel") == "author" || attribute(node, "itemprop") == "author") {
    inside.hint = hint_byline;
  }
  if (!because.empty()) {
    page_.regions.push_back({around.region, because, false, 0});
    inside.region = static_cast<int>(page_.regions.size()) - 1;
  }
  if (tag == MyHTML_TAG_TIME && inside.region < 0 && page_.head.times.size() < times_max) {
    if (const auto time = attribute(node, "datetime"); !time.empty()) page_.head.times.emplace_back(trim(time));
  }
  return true;
}

void Walker::walk(Node root) {
  std::vector<Frame> frames(1);
  for (Node node = myhtml_node_child(root); node;) {
    Frame inside;
    const bool goes_in = enter(node, frames.back(), inside);
    if (goes_in) {
      if (const auto child = myhtml_node_child(node)) {
        frames.push_back(inside);
        node = child;
        continue;
      }
      if (inside.is_block) end_block();
    }
    while (node && !myhtml_node_next(node)) {
      node = myhtml_node_parent(node);
      if (!node || node == root) {
        node = nullptr;
        break;
      }
      if (frames.back().is_block) end_block();
      frames.pop_back();
    }
    if (node) node = myhtml_node_next(node);
  }
  end_block();
}

}  // namespace

bool is_heading(myhtml_tag_id_t tag) { return tag >= MyHTML_TAG_H1 && tag <= MyHTML_TAG_H6; }

Elements elements_of(Node root) {
  Elements page;
  if (root) Walker(page).walk(root);
  return page;
}

}  // namespace depesche::intake
