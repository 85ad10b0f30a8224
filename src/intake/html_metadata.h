#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/article.h"

namespace depesche::intake {

/// What a page says of itself outside its text, gathered while its tree is walked.
struct PageHead {
  std::string language;                                   ///< lang of <html>
  std::string title;                                      ///< <title>
  std::string canonical;                                  ///< <link rel=canonical>
  std::vector<std::pair<std::string, std::string>> meta;  ///< name or property (small letters), content
  std::vector<std::string> linked_data;                   ///< the JSON-LD scripts
  std::vector<std::string> times;                         ///< datetime of <time> outside of what is set aside

  /// The content of the first of these meta elements that has one.
  std::string_view first_meta(std::initializer_list<std::string_view> names) const;
};

/// Fills what the page says: url, outlet, authors, declared language, given dates (of publication first, then of
/// change). Returns the headlines it names, best first; where none is in the head it is empty.
std::vector<std::string> read_head(const PageHead& head, Article& article);

}  // namespace depesche::intake
