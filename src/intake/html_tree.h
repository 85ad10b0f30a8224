#pragma once

#include <myhtml/api.h>

#include <string>
#include <string_view>

namespace depesche::intake {

/// The tree of a page as HTML5 parsers build it. Nodes live as long as the tree.
class HtmlTree {
 public:
  /// `page` is valid UTF-8. Never fails: what is no HTML is a page with one text.
  explicit HtmlTree(std::string_view page);
  HtmlTree(const HtmlTree&) = delete;
  HtmlTree& operator=(const HtmlTree&) = delete;
  ~HtmlTree();

  myhtml_tree_node_t* root() const;

 private:
  myhtml_t* parser_ = nullptr;
  myhtml_tree_t* tree_ = nullptr;
};

/// Empty where there is none.
std::string_view attribute(myhtml_tree_node_t* node, std::string_view name);
bool has_attribute(myhtml_tree_node_t* node, std::string_view name);

/// The characters of a text node.
std::string_view text_of(myhtml_tree_node_t* node);

/// Whether building the tree of `page` would take time or memory out of all proportion to its size.
bool is_nested_too_deep(std::string_view page);

/// The page with each tag that parts lines as <p> and every other left out: its words without its nesting.
std::string without_nesting(std::string_view page);

}  // namespace depesche::intake
