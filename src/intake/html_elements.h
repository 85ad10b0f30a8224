#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "intake/html_metadata.h"
#include "intake/html_tree.h"
#include "intake/look.h"

namespace depesche::intake {

using Node = myhtml_tree_node_t*;

// What classes and ids can say of an element. The first is a reason to set it aside, the others are roles.
inline constexpr std::string_view because_comments = "comments of readers";
inline constexpr std::string_view hint_caption = "caption";
inline constexpr std::string_view hint_byline = "byline";
inline constexpr std::string_view hint_lede = "standfirst";

/// A part of the page that may be no part of the article.
struct Region {
  int parent = -1;
  std::string_view because;
  bool is_set_aside = false;
  double weight = 0;  ///< with that of the regions inside
};

/// One run of text between two block elements.
struct Element {
  Span span;
  Node owner = nullptr;  ///< the innermost block element around it
  myhtml_tag_id_t tag = MyHTML_TAG__UNDEF;
  int region = -1;
  std::string_view hint;  ///< byline, caption or standfirst; of the nearest element that has one
  std::uint32_t linked_bytes = 0;
  double weight = 0;
  Look look;
};

/// A page taken apart.
struct Elements {
  std::string text;  ///< what all elements say, one behind the other
  std::vector<Element> elements;
  std::deque<Region> regions;  ///< a region stands before those inside of it
  PageHead head;
  Node body = nullptr;
};

Elements elements_of(Node root);

bool is_heading(myhtml_tag_id_t tag);

}  // namespace depesche::intake
