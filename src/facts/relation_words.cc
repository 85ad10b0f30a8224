#include "facts/relation_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/unicode.h"

namespace depesche::facts {
namespace {

constexpr std::array<std::string_view, 10> kind_names = {"ally of",      "supports",       "opposes", "part of",
                                                         "dominated by", "formerly",       "led by",  "spokesperson of",
                                                         "guarantor of", "holds office in"};

/// A pattern with more readings than this is a mistake.
constexpr std::size_t readings_max = 512;

std::optional<RelationKind> kind_of(std::string_view rule_name) {
  std::string name(rule_name);
  std::replace(name.begin(), name.end(), '_', ' ');
  const auto found = std::find(kind_names.begin(), kind_names.end(), name);
  if (found == kind_names.end()) return {};
  return static_cast<RelationKind>(found - kind_names.begin());
}

using Reading = std::vector<std::string>;  // of pieces: words, marks, "<a>", "*"

/// Spells out "(a|b)" and "(…)?"; pieces are parted by blanks.
class Readings {
 public:
  explicit Readings(std::string_view pattern) : rest_(pattern) {}
  std::vector<Reading> run() {
    auto all = alternatives();
    if (!rest_.empty()) is_mistaken_ = true;
    return all;
  }
  bool is_mistaken() const { return is_mistaken_; }

 private:
  std::vector<Reading> alternatives() {
    auto all = sequence();
    while (!rest_.empty() && rest_[0] == '|') {
      rest_.remove_prefix(1);
      for (auto& more : sequence()) all.push_back(std::move(more));
    }
    return all;
  }

  std::vector<Reading> sequence() {
    std::vector<Reading> all(1);
    while (true) {
      rest_ = trim(rest_);
      if (rest_.empty() || rest_[0] == '|' || rest_[0] == ')') return all;
      std::vector<Reading> next;
      if (rest_[0] == '(') {
        rest_.remove_prefix(1);
        next = alternatives();
        if (rest_.empty()) is_mistaken_ = true;
        if (!rest_.empty()) rest_.remove_prefix(1);
      } else {
        const auto end = std::min(rest_.find_first_of(" |()?", 1), rest_.size());
        next = {{std::string(rest_.substr(0, end))}};
        rest_.remove_prefix(end);
      }
      if (!rest_.empty() && rest_[0] == '?') {
        rest_.remove_prefix(1);
        next.emplace_back();
      }
      std::vector<Reading> longer;
      for (const auto& head : all) {
        for (const auto& tail : next) {
          longer.push_back(head);
          longer.back().insert(longer.back().end(), tail.begin(), tail.end());
        }
      }
      all = std::move(longer);
      if (all.size() > readings_max) {
        is_mistaken_ = true;
        all.resize(1);
      }
    }
  }

  std::string_view rest_;
  bool is_mistaken_ = false;
};

}  // namespace

std::string_view name_of(RelationKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

class RelationWords::Builder {
 public:
  Builder(RelationWords& out, const knowledge::Pack& pack, std::vector<std::string>* mistakes)
      : out_(out), pack_(pack), lexicon_(pack), mistakes_(mistakes) {
    out_.nodes_.emplace_back();
  }

  void run() {
    for (const auto& rule : pack_.section("relations")) {
      if (!rule.values("word").empty()) read_class(rule);
    }
    for (const auto& rule : pack_.section("relations")) {
      if (!rule.values("match").empty()) read_rule(rule);
    }
  }

 private:
  void mistake(const knowledge::Rule& rule, std::string_view what) const {
    if (mistakes_ != nullptr)
      mistakes_->push_back(fmt::format("data/lang/{}/relations.rules:{}: {}", pack_.language.code(), rule.line, what));
  }

  void read_class(const knowledge::Rule& rule) {
    const auto id = static_cast<std::uint32_t>(classes_.size());
    classes_.emplace(rule.name, id);
    for (const auto& word : rule.words("word")) {
      const auto keys = keys_of_phrase(word);
      if (keys.size() != 1) {
        mistake(rule, fmt::format("more than one word in a class: {}", word));
        continue;
      }
      out_.classes_of_[keys[0]].push_back(id);
      mark_cue(keys[0]);
    }
  }

  /// Function words stand in every sentence.
  void mark_cue(Key key) {
    const bool is_function = lexicon_.articles.contains(key) || lexicon_.prepositions.contains(key) ||
                             lexicon_.inner_prepositions.contains(key) || lexicon_.conjunctions.contains(key);
    if (!is_function) out_.cues_.set(key % out_.cues_.size());
  }

  void read_rule(const knowledge::Rule& rule) {
    const auto kind = kind_of(rule.name);
    if (!kind) return mistake(rule, fmt::format("\"{}\" is no relation", rule.name));
    Rule out{*kind, rule.line, rule.value("former") == "yes", types_of(rule, "a"), types_of(rule, "b")};
    const auto at = static_cast<std::uint32_t>(out_.rules_.size());
    out_.rules_.push_back(out);
    for (const auto pattern : rule.values("match")) {
      Readings readings(pattern);
      const auto all = readings.run();
      if (readings.is_mistaken()) mistake(rule, fmt::format("no pattern: {}", pattern));
      for (const auto& reading : all) add_reading(rule, at, reading);
    }
  }

  std::uint32_t types_of(const knowledge::Rule& rule, std::string_view field) const {
    std::uint32_t bits = 0;
    for (const auto& word : rule.words(field)) {
      for (std::uint32_t type = 0; type <= static_cast<std::uint32_t>(ActorType::population); ++type) {
        if (name_of(static_cast<ActorType>(type)) == word) bits |= 1u << type;
      }
    }
    return bits == 0 ? ~0u : bits;
  }

  void add_reading(const knowledge::Rule& rule, std::uint32_t rule_index, const Reading& reading) {
    std::uint32_t node = 0;
    for (const auto& piece : reading) {
      for (const auto& [kind, value] : edges_of(rule, piece)) node = follow(node, kind, value);
    }
    if (!out_.nodes_[node].rule) out_.nodes_[node].rule = rule_index;
  }

  /// A word with an apostrophe or hyphen is several edges.
  std::vector<std::pair<EdgeKind, std::uint64_t>> edges_of(const knowledge::Rule& rule, std::string_view piece) {
    if (piece == "<a>") return {{EdgeKind::slot_a, 0}};
    if (piece == "<b>") return {{EdgeKind::slot_b, 0}};
    if (piece == "<person>") return {{EdgeKind::office, 0}};
    if (piece == "*") return {{EdgeKind::filler, 0}};
    if (piece.starts_with('<')) {
      const auto found = classes_.find(std::string(piece.substr(1, piece.size() - 2)));
      if (found != classes_.end()) return {{EdgeKind::klass, found->second}};
      mistake(rule, fmt::format("no class {}", piece));
      return {};
    }
    const auto [c, next] = code_point_at(piece, 0);
    if (next == piece.size() && !is_word_char(c)) return {{EdgeKind::mark, c}};
    std::vector<std::pair<EdgeKind, std::uint64_t>> edges;
    for (const Key key : keys_of_phrase(piece)) {
      edges.emplace_back(EdgeKind::word, key);
      if (key != hyphen) mark_cue(key);
    }
    return edges;
  }

  std::uint32_t follow(std::uint32_t node, EdgeKind kind, std::uint64_t value) {
    for (const Edge& edge : out_.nodes_[node].edges) {
      if (edge.kind == kind && edge.value == value) return edge.target;
    }
    const auto target = static_cast<std::uint32_t>(out_.nodes_.size());
    out_.nodes_[node].edges.push_back({kind, value, target});
    out_.nodes_.emplace_back();
    return target;
  }

  RelationWords& out_;
  const knowledge::Pack& pack_;
  Lexicon lexicon_;
  std::vector<std::string>* mistakes_;
  std::map<std::string, std::uint32_t, std::less<>> classes_;
};

RelationWords::RelationWords(const knowledge::Pack& pack, std::vector<std::string>* mistakes) {
  Builder(*this, pack, mistakes).run();
}

bool RelationWords::is_of_class(Key key, std::uint64_t klass) const {
  const auto found = classes_of_.find(key);
  return found != classes_of_.end() &&
         std::find(found->second.begin(), found->second.end(), klass) != found->second.end();
}

std::vector<std::string> mistakes_in_relations(const knowledge::Pack& pack) {
  std::vector<std::string> mistakes;
  const RelationWords words(pack, &mistakes);
  return mistakes;
}

}  // namespace depesche::facts
