// Pages tell their metadata several times over: JSON-LD for search engines, Open Graph for social networks, <meta> of
// the nineties, <time> for readers. They rarely contradict each other; where they do, what was written for the article
// (JSON-LD of type …Article) is righter than what was written for the site. All dates are kept with the place where
// they were read: which of them to believe is for later rooms to say.
#include "intake/html_metadata.h"

#include <simdjson.h>

#include <algorithm>

#include "core/unicode.h"
#include "intake/dates.h"

namespace depesche::intake {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t given_dates_max = 12;
constexpr std::size_t visited_max = 20'000;  ///< elements of one JSON-LD script

/// What a JSON-LD script says of the article.
struct LinkedArticle {
  bool is_article = false;  ///< not merely a page
  std::string headline, published, modified, language, outlet, url;
  std::vector<std::string> authors;
};

std::string string_at(dom::object object, std::string_view key) {
  std::string_view value;
  if (object[key].get(value) != simdjson::SUCCESS) return {};
  return std::string(trim(value));
}

/// "name" of the thing, or of each of several, or the string itself.
std::vector<std::string> names_of(dom::element thing) {
  std::vector<std::string> names;
  const auto add = [&](dom::element one) {
    std::string_view value;
    dom::object object;
    std::string name;
    if (one.get(value) == simdjson::SUCCESS) name = std::string(trim(value));
    if (one.get(object) == simdjson::SUCCESS) name = string_at(object, "name");
    if (!name.empty() && !name.starts_with("http") && std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(std::move(name));
    }
  };
  dom::array several;
  if (thing.get(several) == simdjson::SUCCESS) {
    for (const auto one : several) add(one);
  } else {
    add(thing);
  }
  return names;
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("Posting") || type == "Report" || type == "LiveBlogPosting";
}

/// The kind of an object by its "@type", which may be several: 2 an article, 1 a page, 0 neither.
int rank_of(dom::object object) {
  dom::element type;
  if (object["@type"].get(type) != simdjson::SUCCESS) return 0;
  int rank = 0;
  const auto see = [&](dom::element one) {
    std::string_view name;
    if (one.get(name) != simdjson::SUCCESS) return;
    rank = std::max(rank, is_article_type(name) ? 2 : name == "WebPage" || name == "VideoObject" ? 1 : 0);
  };
  dom::array several;
  if (type.get(several) == simdjson::SUCCESS) {
    for (const auto one : several) see(one);
  } else {
    see(type);
  }
  return rank;
}

LinkedArticle read_object(dom::object object) {
  LinkedArticle out;
  out.headline = string_at(object, "headline");
  out.published = string_at(object, "datePublished");
  if (out.published.empty()) out.published = string_at(object, "dateCreated");
  out.modified = string_at(object, "dateModified");
  out.language = string_at(object, "inLanguage");
  out.url = string_at(object, "url");
  dom::element thing;
  if (object["author"].get(thing) == simdjson::SUCCESS) out.authors = names_of(thing);
  if (object["publisher"].get(thing) == simdjson::SUCCESS) {
    if (const auto names = names_of(thing); !names.empty()) out.outlet = names.front();
  }
  return out;
}

/// The first article of a script, else its first page that is dated. Objects inside an article are not looked at: they
/// are other articles.
LinkedArticle read_script(dom::element root) {
  LinkedArticle page;
  std::vector<dom::element> open = {root};
  for (std::size_t visited = 0; !open.empty() && visited < visited_max; ++visited) {
    const auto element = open.back();
    open.pop_back();
    dom::array array;
    dom::object object;
    std::vector<dom::element> inner;
    if (element.get(array) == simdjson::SUCCESS) {
      for (const auto one : array) inner.push_back(one);
    } else if (element.get(object) == simdjson::SUCCESS) {
      const int rank = rank_of(object);
      if (rank == 2) {
        auto article = read_object(object);
        article.is_article = true;
        return article;
      }
      if (rank == 1 && page.published.empty()) page = read_object(object);
      for (const auto key : {"@graph", "mainEntity", "mainEntityOfPage", "itemListElement"}) {
        dom::element value;
        if (object[key].get(value) == simdjson::SUCCESS) inner.push_back(value);
      }
    }
    open.insert(open.end(), inner.rbegin(), inner.rend());
  }
  return page;
}

LinkedArticle read_linked_data(const std::vector<std::string>& scripts) {
  LinkedArticle best;
  dom::parser parser;
  for (std::string script : scripts) {
    dom::element root;
    if (parser.parse(script).get(root) != simdjson::SUCCESS) {
      // Line breaks inside strings are the usual mistake.
      std::replace_if(script.begin(), script.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
      if (parser.parse(script).get(root) != simdjson::SUCCESS) continue;
    }
    auto read = read_script(root);
    if (read.is_article) return read;
    if (best.published.empty()) best = std::move(read);
  }
  return best;
}

/// "By" and the address of a profile are no names.
void add_author(std::string_view name, Article& article) {
  name = trim(name);
  if (name.empty() || name.size() > 120 || name.starts_with("http") || name.starts_with('@')) return;
  if (std::find(article.authors.begin(), article.authors.end(), name) == article.authors.end())
    article.authors.emplace_back(name);
}

void add_date(std::string_view value, std::string where, Article& article) {
  if (value.empty() || article.given_dates.size() >= given_dates_max) return;
  if (const auto date = read_machine_date(value)) article.given_dates.push_back({*date, std::move(where)});
}

}  // namespace

std::string_view PageHead::first_meta(std::initializer_list<std::string_view> names) const {
  for (const auto name : names) {
    for (const auto& [key, content] : meta) {
      if (key == name && !content.empty()) return content;
    }
  }
  return {};
}

std::vector<std::string> read_head(const PageHead& head, Article& article) {
  const auto linked = read_linked_data(head.linked_data);

  article.url = head.canonical;
  if (article.url.empty()) article.url = head.first_meta({"og:url"});
  if (article.url.empty()) article.url = linked.url;

  article.outlet = head.first_meta({"og:site_name"});
  if (article.outlet.empty()) article.outlet = linked.outlet;
  if (article.outlet.empty()) article.outlet = head.first_meta({"application-name", "publisher", "dc.publisher"});

  for (const auto& name : linked.authors) add_author(name, article);
  if (article.authors.empty()) {
    for (const auto& [key, content] : head.meta) {
      if (key == "author" || key == "article:author" || key == "dc.creator" || key == "parsely-author")
        add_author(content, article);
    }
  }

  for (const auto tag : {std::string_view(linked.language), std::string_view(head.language),
                         head.first_meta({"content-language", "og:locale", "dc.language"})}) {
    if (!article.declared_language.is_known()) article.declared_language = language_of_tag(trim(tag));
  }

  add_date(linked.published, "json-ld datePublished", article);
  for (const auto name : {"article:published_time",
                          "og:published_time",
                          "datepublished",
                          "article:published",
                          "publishdate",
                          "publish-date",
                          "pubdate",
                          "publication_date",
                          "dc.date.issued",
                          "dcterms.created",
                          "dc.date",
                          "date",
                          "parsely-pub-date",
                          "sailthru.date",
                          "last-published",
                          "cxenseparse:recs:publishtime",
                          "article.published",
                          "dcterms.date",
                          "og:article:published_time",
                          "published_time"}) {
    add_date(head.first_meta({name}), std::string("meta ") + name, article);
  }
  for (const auto& time : head.times) add_date(time, "time element", article);
  add_date(linked.modified, "json-ld dateModified", article);
  for (const auto name : {"article:modified_time", "og:updated_time", "datemodified", "last-modified"}) {
    add_date(head.first_meta({name}), std::string("meta ") + name, article);
  }

  std::vector<std::string> headlines;
  for (const auto headline :
       {std::string_view(linked.headline), head.first_meta({"og:title", "twitter:title"}), trim(head.title)}) {
    if (!headline.empty()) headlines.emplace_back(headline);
  }
  return headlines;
}

}  // namespace depesche::intake
