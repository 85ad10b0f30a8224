// A news page is one text among forty that are none. Three things tell them apart without a model and in any language.
//
// 1. What elements are for. <nav>, <aside>, <footer>, <form>, … hold no article, nor does what a class calls
//    "comments" or "related". But pages lie: some wrap everything into one <form>, some call the body
//    "article--has-sidebar". So such a region is set aside only where enough prose is left outside of it.
// 2. Where the prose is. Every paragraph weighs its letters; we go down from <body> as long as one child holds
//    nearly all the weight, and what is outside of where we stop is not the article. A <div> with three teasers beside
//    the text falls away so; an article in two halves stops the descent above both.
// 3. Links. A paragraph that is one link is a way to another article.
//
// Nothing is thrown away but what no reader sees (scripts, styles, drawings): a block set aside keeps its place and
// says why.
#include "intake/html.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/unicode.h"
#include "intake/html_elements.h"

namespace depesche::intake {
namespace {

using namespace std::string_view_literals;

// Chosen on the development half of the article extraction benchmark and the development pages of Trafilatura.
constexpr double descent_share = 0.80;               ///< of the weight, that one child must hold to be gone into
constexpr double named_share_min = 0.15;             ///< of the weight, that what is marked as the article must hold
constexpr double region_share_max = 0.45;            ///< of the weight, that a region may hold and still be set aside
constexpr double regions_share_max = 0.8;            ///< and all that would be set aside for the same reason together
constexpr std::uint32_t comments_outside_min = 800;  ///< weight beside the comments that makes an article
constexpr double linked_share_max = 0.5;             ///< of a short block's letters

/// The element that holds the article, and how its weight is spread.
class MainText {
 public:
  explicit MainText(const Elements& page) : page_(page) {}

  /// Weighs what is not set aside and goes down to where the weight is.
  void find(Node headline);
  bool contains(Node node) const;

 private:
  const Elements& page_;
  std::unordered_map<Node, double> weights_;
  Node main_ = nullptr;
};

bool is_text_element(myhtml_tag_id_t tag) {
  return tag == MyHTML_TAG_P || tag == MyHTML_TAG_BLOCKQUOTE || tag == MyHTML_TAG_LI || tag == MyHTML_TAG_UL ||
         tag == MyHTML_TAG_OL || tag == MyHTML_TAG_PRE || tag == MyHTML_TAG_TR || tag == MyHTML_TAG_TD ||
         is_heading(tag);
}

void MainText::find(Node headline) {
  double total = 0;
  Node named = nullptr;
  std::vector<Node> bodies;  // that the page itself calls the body of an article
  for (const auto& element : page_.elements) {
    if (element.weight == 0 ||
        (element.region >= 0 && page_.regions[static_cast<std::size_t>(element.region)].is_set_aside))
      continue;
    total += element.weight;
    for (Node node = element.owner; node; node = myhtml_node_parent(node)) {
      auto& weight = weights_[node];
      if (weight == 0 && attribute(node, "itemprop") == "articleBody") bodies.push_back(node);
      weight += element.weight;
    }
  }
  main_ = page_.body;
  if (total == 0 || !main_) return;
  for (const auto node : bodies) {
    if (weights_[node] >= named_share_min * total && (!named || weights_[named] < weights_[node])) named = node;
  }
  // Else the <article> that holds the headline: pages that go on with the next article have several.
  for (Node node = headline; node && !named; node = myhtml_node_parent(node)) {
    if (myhtml_node_tag_id(node) == MyHTML_TAG_ARTICLE && weights_[node] >= named_share_min * total) named = node;
  }
  if (named) main_ = named;
  while (true) {
    Node heaviest = nullptr;
    double weight = 0;
    for (Node child = myhtml_node_child(main_); child; child = myhtml_node_next(child)) {
      const auto found = weights_.find(child);
      if (found == weights_.end() || found->second <= weight) continue;
      heaviest = child;
      weight = found->second;
    }
    if (!heaviest || weight < descent_share * weights_[main_] || is_text_element(myhtml_node_tag_id(heaviest))) break;
    main_ = heaviest;
  }
}

bool MainText::contains(Node node) const {
  for (; node; node = myhtml_node_parent(node)) {
    if (node == main_) return true;
  }
  return false;
}

/// Letters of prose outside of links; nothing for headings and lines that are none.
double weight_of(const Element& element) {
  if (is_heading(element.tag) || element.hint == hint_caption) return 0;
  const auto size = element.span.size();
  if (element.linked_bytes * 2 > size) return 0;
  const bool is_text = element.look.is_prose() || (element.look.ends_sentence && element.look.words >= 4);
  return is_text ? size - element.linked_bytes : 0;
}

/// A region is set aside where it is light, and where all regions set aside for the same reason are light together:
/// some pages put each paragraph of their article into a box "paywall" or "sidebar". Comments may outweigh the article.
void set_regions_aside(Elements& page) {
  double total = 0;
  std::map<std::string_view, double> by_reason;
  std::vector<std::string_view> reasons;
  for (const auto& element : page.elements) {
    if (element.weight == 0) continue;
    total += element.weight;
    reasons.clear();
    for (int i = element.region; i >= 0; i = page.regions[static_cast<std::size_t>(i)].parent) {
      const auto because = page.regions[static_cast<std::size_t>(i)].because;
      page.regions[static_cast<std::size_t>(i)].weight += element.weight;
      if (std::find(reasons.begin(), reasons.end(), because) == reasons.end()) reasons.push_back(because);
    }
    for (const auto because : reasons) by_reason[because] += element.weight;
  }
  for (auto& region : page.regions) {  // a parent stands before its children
    const double weight = by_reason[region.because];
    const bool are_comments = region.because == because_comments && total - weight >= comments_outside_min;
    region.is_set_aside =
        (region.weight <= region_share_max * total && weight <= regions_share_max * total) || are_comments;
    if (region.parent < 0) continue;
    const auto& parent = page.regions[static_cast<std::size_t>(region.parent)];
    if (parent.is_set_aside) {
      region.is_set_aside = true;
      region.because = parent.because;
    }
  }
}

/// The headline as the page prints it: an <h1> that its head names, else what its head names.
std::string headline_of(const std::vector<std::string>& headlines, const std::vector<Element>& elements,
                        std::string_view text) {
  std::vector<std::string> folded;
  for (const auto& headline : headlines) folded.push_back(fold(headline));
  std::string_view first;
  for (const auto& element : elements) {
    if (element.tag != MyHTML_TAG_H1) continue;
    const auto words = words_at(text, element.span);
    const auto key = fold(words);
    if (key.size() < 2) continue;
    if (first.empty()) first = words;
    for (std::size_t i = 0; i < folded.size(); ++i) {
      if (folded[i] == key)
        return headlines[i];  // the same words, but with the marks that layout took from the printed one
      if (folded[i].find(key) != std::string::npos && key.size() * 2 > folded[i].size()) return std::string(words);
    }
  }
  for (const auto& headline : headlines) {
    if (headline.find("</") == std::string::npos) return headline;
  }
  return std::string(first);
}

void set(Block& block, Role role, std::string_view because) {
  block.role = role;
  block.because = because;
}

}  // namespace

void read_html(std::string_view source, Article& article) {
  const HtmlTree tree(source);
  auto page = elements_of(tree.root());
  const std::string_view text = page.text;
  for (auto& element : page.elements) {
    element.look = look_at(words_at(text, element.span));
    element.weight = weight_of(element);
  }
  set_regions_aside(page);
  const auto headlines = read_head(page.head, article);
  article.title = headline_of(headlines, page.elements, text);
  const auto title_key = fold(article.title);
  const auto is_title = [&](const Element& element) {
    return is_heading(element.tag) && !title_key.empty() && fold(words_at(text, element.span)) == title_key;
  };
  const auto headline = std::find_if(page.elements.begin(), page.elements.end(), is_title);
  MainText main(page);
  main.find(headline == page.elements.end() ? nullptr : headline->owner);
  const auto description = fold(page.head.first_meta({"og:description", "description", "twitter:description"}));

  bool saw_title = false, saw_main = false;
  for (const auto& element : page.elements) {
    Block block;
    block.line = static_cast<std::uint32_t>(article.blocks.size() + 1);
    block.span = element.span;
    const auto words = words_at(text, element.span);
    const auto size = element.span.size();
    const bool is_inside = main.contains(element.owner);
    const auto* region = element.region >= 0 ? &page.regions[static_cast<std::size_t>(element.region)] : nullptr;
    const bool is_linked = element.linked_bytes > linked_share_max * size &&
                           (!element.look.is_prose() || element.linked_bytes * 10 > size * 9);
    // Between headline and text stands what belongs to them, even where it lies outside of the element with the text.
    const bool is_between = saw_title && !saw_main && !is_inside;
    if (!saw_title && is_title(element)) {
      set(block, Role::title, "the headline of the page");
      saw_title = true;
    } else if (region && region->is_set_aside) {
      set(block, Role::boilerplate, region->because);
    } else if (element.hint == hint_caption && (is_inside || is_between)) {
      set(block, Role::caption, "caption of a picture");
    } else if (element.hint == hint_byline && element.look.words <= 20 && !element.look.is_prose() &&
               (is_inside || is_between)) {
      set(block, Role::byline, "marked as the author");
    } else if (is_between && (element.hint == hint_lede || (!description.empty() && fold(words) == description))) {
      if (!element.look.ends_sentence) set(block, Role::subtitle, "stands between headline and text");
    } else if (!is_inside) {
      set(block, Role::boilerplate, "outside of the main text of the page");
    } else if (is_linked) {
      set(block, Role::boilerplate, "only links");
    } else if (is_heading(element.tag) && element.look.words <= 30) {
      set(block, Role::subheading, "a heading");
    }
    saw_main |= is_inside && element.weight > 0 && block.is_read();
    article.blocks.push_back(std::move(block));
  }
  // A heading right under the headline goes with it; one under which nothing is left heads what was set aside.
  Block* before = nullptr;
  for (auto& block : article.blocks) {
    if (before && before->role == Role::title && block.role == Role::subheading) {
      set(block, Role::subtitle, "a heading right under the headline");
    }
    if (block.is_read()) before = &block;
  }
  bool has_text_below = false;
  for (auto block = article.blocks.rbegin(); block != article.blocks.rend(); ++block) {
    if (block->role == Role::subheading) {
      if (!has_text_below) set(*block, Role::boilerplate, "heads nothing but what was set aside");
      has_text_below = false;
    } else if (block->role == Role::body) {
      has_text_below = true;
    }
  }
  article.text = std::move(page.text);
}

}  // namespace depesche::intake