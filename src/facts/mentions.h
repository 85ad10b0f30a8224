#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "facts/actor_words.h"
#include "facts/facts.h"

namespace depesche::facts {

/// An actor of one article, whatever the article calls it.
struct ArticleActor {
  ActorType type = ActorType::organisation;
  std::string
      key;  ///< equal in all articles and languages: "country RU", "body army SY"; empty where only the name tells
  std::string name;  ///< English where `key` is given, else the fullest form as printed
  std::string iso;   ///< ISO 3166-1 alpha-2 of the country it is or belongs to; empty where nothing says so
  std::vector<std::string> short_forms;  ///< acronyms that the article introduces for it
  bool is_named = false;                 ///< by a name, not by description alone
  bool is_doubted =
      false;  ///< a person by its capitals or a group by its article alone; the rest of the pile may tell more
  bool has_full_name = false;                      ///< of a person: more than the family's name
  std::vector<std::pair<BlockIndex, Span>> roles;  ///< of a person: offices, as printed
};

/// Words of an article that stand for an actor of it.
struct ActorMention {
  BlockIndex block = 0;
  Span span;
  std::uint32_t actor = 0;  ///< into ArticleActors::actors
  bool is_description = false;
};

struct ArticleActors {
  std::vector<ArticleActor> actors;                 ///< in the order of their first mention
  std::vector<ActorMention> mentions;               ///< in the order of the text, none overlapping
  std::vector<std::pair<BlockIndex, Span>> places;  ///< names of places that do nothing here, in the order of the text
};

/// All actors of one article: named persons, states, bodies, groups, organisations, agencies, outlets, and populations.
///
/// Names are taken sentence by sentence (name_finder.h) and joined: a family's name is the one person of the article who has it,
/// an acronym is what it stands in brackets behind, "l'Observatoire" is the one body that begins so. What may be two is
/// neither, and stays an actor of its own.
ArticleActors find_actors(const Article& article, const text::Text& text, const std::optional<Dateline>& dateline,
                          const ActorKnowledge& shared, const ActorWords& words);

}  // namespace depesche::facts
