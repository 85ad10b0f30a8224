#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/facts.h"
#include "facts/lexicon.h"
#include "knowledge/knowledge.h"

namespace depesche::facts {

/// relations.rules of one language as one automaton: words, classes of words, marks, the two actors, and fillers.
class RelationWords {
 public:
  enum class EdgeKind : std::uint8_t {
    word,    ///< this form
    klass,   ///< any word of a class
    mark,    ///< this mark
    slot_a,  ///< an actor, or several: "la Russie et l'Iran"
    slot_b,
    filler,  ///< up to three words that are neither prepositions nor conjunctions: adjectives, an article
    office,  ///< a noun for persons by their office (offices.rules)
  };
  struct Edge {
    EdgeKind kind = EdgeKind::word;
    std::uint64_t value = 0;  ///< the form, the class, or the mark's character
    std::uint32_t target = 0;
  };
  struct Rule {
    RelationKind kind = RelationKind::ally_of;
    int line = 0;
    bool is_former = false;
    std::uint32_t types_of_a = ~0u, types_of_b = ~0u;  ///< bits by ActorType
  };
  struct Node {
    std::vector<Edge> edges;
    std::optional<std::uint32_t> rule;  ///< that ends here
  };

  /// What is wrong with the rules goes to `mistakes`, where it is given.
  explicit RelationWords(const knowledge::Pack& pack, std::vector<std::string>* mistakes = nullptr);

  bool empty() const { return rules_.empty(); }
  /// Whether a word of this form may tell a relation; true for some others too.
  bool may_tell(Key key) const { return cues_[key % cues_.size()]; }
  bool is_of_class(Key key, std::uint64_t klass) const;
  const Node& node(std::uint32_t at) const { return nodes_[at]; }
  const Rule& rule(std::uint32_t at) const { return rules_[at]; }

 private:
  class Builder;
  std::vector<Node> nodes_;
  std::vector<Rule> rules_;
  std::unordered_map<Key, std::vector<std::uint32_t>> classes_of_;
  std::bitset<4096> cues_;
};

/// What is wrong with relations.rules of a pack; each with file and line. Empty where all is well.
std::vector<std::string> mistakes_in_relations(const knowledge::Pack& pack);

}  // namespace depesche::facts
