// What a sentence leaves open, the article tells. Names are grouped by their stems, and a group is what its clearest mention says:
//
//   Jane Doe, head of the harbour … Doe said     one person: nobody else in the article is called Doe
//   Emmanuel Macron … Brigitte Macron … Macron   neither: an actor of its own
//   Harbour Front Group (HFG) … HFG              the acronym is the group
//   the Maltese army … the army                  the one army of the article
//   le Hafenfront … combattants du Hafenfront    an armed group: what all mentions together say of its use
//
// Two passes over the names found, each linear.
#include "facts/mentions.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/unicode.h"
#include "facts/name_finder.h"
#include "text/sounds.h"

namespace depesche::facts {
namespace {

using text::TokenKind;

constexpr std::uint32_t none = WordClass::none;
constexpr std::size_t members_believed_min = 2;

/// Actors that are one by their stems.
struct Group {
  std::vector<std::uint32_t> members;  ///< into the candidates
  NameType type = NameType::unknown;
  Certainty certainty = Certainty::guess;
  std::uint32_t witness = none;                                        ///< the candidate that says so
  std::uint32_t acting = 0;                                            ///< mentions of unknown type that do something
  std::uint32_t with_article = 0, led = 0, with_fighters = 0, at = 0;  ///< mentions used so, see Candidate
  bool is_witnessed = false;
  bool is_doubted = true;  ///< by its capitals alone wherever it stands, or by its article
  bool is_armed = false;   ///< an organisation that has fighters
};

class ArticleReader {
 public:
  ArticleReader(const Article& article, const text::Text& text, const ActorKnowledge& shared, const ActorWords& words)
      : article_(article), text_(text), shared_(shared), words_(words) {}

  ArticleActors run(const std::optional<Dateline>& dateline) {
    words_.make_room();
    NameFinder finder(article_, text_, shared_, words_);
    for (const auto& sentence : text_.sentences) {
      const auto role = article_.blocks[sentence.block].role;
      if (role == Role::byline || role == Role::dateline) continue;
      finder.read(sentence, dateline ? std::optional(dateline->span) : std::nullopt, candidates_);
    }
    for (const auto& candidate : candidates_) stems_.push_back(stems_of(candidate));
    group();
    read_brackets();
    for (Group& group : groups_) believe_by_use(group);
    find_persons();
    believe_persons_called_alone();
    for (std::uint32_t i = 0; i < candidates_.size(); ++i) place(i);
    finish();
    return std::move(out_);
  }

 private:
  /// The stems of the words of a name, without articles and particles.
  std::vector<Key> stems_of(const Candidate& name) const {
    std::vector<Key> out;
    for (auto t = name.first; t < name.last; ++t) {
      const auto& token = text_.tokens[t];
      if (token.kind == TokenKind::mark) continue;
      const auto& c = words_.class_of(token, article_.words_at(token.span));
      if (name.last - name.first > 1 && !token.is_capitalised && c.is(WordClass::particle | WordClass::function))
        continue;
      if (name.is_description && c.is(WordClass::article)) continue;
      out.push_back(token.stem);
    }
    return out;
  }

  void group() {
    std::map<std::vector<Key>, std::uint32_t> by_stems;
    for (std::uint32_t i = 0; i < candidates_.size(); ++i) {
      const auto [entry, is_new] = by_stems.try_emplace(stems_[i], static_cast<std::uint32_t>(groups_.size()));
      if (is_new) groups_.emplace_back();
      group_of_.push_back(entry->second);
      Group& group = groups_[entry->second];
      group.members.push_back(i);
      const Candidate& name = candidates_[i];
      group.is_witnessed |= !name.needs_witness;
      group.is_doubted &= name.is_by_shape;
      group.acting += name.type == NameType::unknown && name.acts;
      group.with_article += name.has_article;
      group.led += name.is_led;
      group.with_fighters += name.has_fighters;
      group.at += name.is_at;
      const bool says_more = group.type == NameType::unknown || name.certainty > group.certainty;
      if (name.type != NameType::unknown && says_more) {
        group.type = name.type;
        group.certainty = name.certainty;
        group.witness = i;
      }
    }
  }

  bool is_acronym(std::uint32_t i) const {
    const Candidate& name = candidates_[i];
    if (name.last - name.first != 1) return false;
    const auto& token = text_.tokens[name.first];
    return words_.class_of(token, article_.words_at(token.span)).is(WordClass::acronym);
  }

  /// "Harbour Front Group (HFG)", "HFG (Harbour Front Group)"
  void read_brackets() {
    for (std::uint32_t i = 0; i + 1 < candidates_.size(); ++i) {
      const Candidate& a = candidates_[i];
      const Candidate& b = candidates_[i + 1];
      if (a.block != b.block || b.span.begin < a.span.end || b.span.begin - a.span.end > 3) continue;
      const auto between = article_.words_at({a.span.end, b.span.begin});
      if (trim(between) != "(") continue;
      const bool b_is_short = is_acronym(i + 1);
      const auto full = b_is_short ? i : i + 1;
      const auto brief = b_is_short ? i + 1 : i;
      if (!b_is_short && !is_acronym(i)) continue;
      if (candidates_[brief].known != none || candidates_[brief].country != none) continue;
      Group& group = groups_[group_of_[full]];
      const bool is_body = group.type == NameType::body || group.type == NameType::organisation;
      if (!is_body && !has_initials(full, brief)) continue;
      if (!is_body) {
        group.type = NameType::organisation;
        group.certainty = Certainty::sure;
        group.witness = full;
        group.is_doubted = false;
      }
      short_for_[group_of_[brief]] = group_of_[full];
    }
  }

  /// Whether the letters of an acronym begin words of the name: two of them at least, the first among them.
  bool has_initials(std::uint32_t full, std::uint32_t brief) const {
    const auto letters = fold(article_.words_at(candidates_[brief].span));
    std::size_t met = 0;
    for (auto t = candidates_[full].first; t < candidates_[full].last; ++t) {
      const auto& token = text_.tokens[t];
      if (token.kind == TokenKind::mark) continue;
      const auto word = fold(article_.words_at(token.span));
      if (met < letters.size() && !word.empty() && word[0] == letters[met]) ++met;
    }
    return met >= 2 && (met + 1 >= letters.size() || met >= 3);
  }

  // -- persons ------------------------------------------------------------------------------------------------------

  struct Person {
    std::uint32_t group;
    std::vector<Key> stems;
  };

  bool is_initial(std::uint32_t group) const {
    const Candidate& name = candidates_[groups_[group].members[0]];
    return count_code_points(article_.words_at(text_.tokens[name.first].span)) == 1;
  }

  /// "Lopez Obrador" of "Andres Lopez Obrador"
  static bool ends_with(const std::vector<Key>& name, const std::vector<Key>& end) {
    return name.size() >= end.size() && std::equal(end.rbegin(), end.rend(), name.rbegin());
  }

  void find_persons() {
    std::set<Key> alone;  // words that are printed by themselves where a capital counts
    for (const Group& group : groups_) {
      const auto& stems = stems_[group.members[0]];
      if (group.is_witnessed && stems.size() == 1) alone.insert(stems[0]);
    }
    for (std::uint32_t g = 0; g < groups_.size(); ++g) {
      const Group& group = groups_[g];
      const auto& stems = stems_[group.members[0]];
      if (group.type != NameType::person || stems.size() < 2) continue;
      if (!group.is_witnessed && group.certainty < Certainty::sure && !alone.contains(stems.back())) continue;
      // "Vladimir Vladimirovitch Poutine" is Vladimir Poutine.
      std::optional<std::uint32_t> same;
      for (const auto p : persons_by_family_[stems.back()]) {
        const auto& others = persons_[p].stems;
        if (others.front() == stems.front() || is_initial(g) || is_initial(persons_[p].group) ||
            ends_with(others, stems) || ends_with(stems, others))
          same = p;
      }
      if (same) {
        person_of_group_[g] = *same;
        if (stems.size() > persons_[*same].stems.size()) persons_[*same].stems = stems;
        continue;
      }
      const auto p = static_cast<std::uint32_t>(persons_.size());
      persons_.push_back({g, stems});
      persons_by_family_[stems.back()].push_back(p);
      persons_by_given_[stems.front()].push_back(p);
      person_of_group_[g] = p;
    }
  }

  /// What no sentence by itself says, all mentions together may: the fighters of Hafenfront make it an armed group, "le Hafenfront a
  /// annoncé … le chef du Hafenfront" an organisation. A word that a dictionary has needs fighters, and to be printed twice. What is
  /// printed with an article or is led, but no more, is doubted: another article may say it.
  void believe_by_use(Group& group) {
    const Candidate& name = candidates_[group.members[0]];
    const auto& token = text_.tokens[name.first];
    const auto& first = words_.class_of(token, article_.words_at(token.span));
    const bool is_single = name.last == name.first + 1;
    const bool is_word = is_single && first.is(WordClass::common);
    const bool is_repeated = group.members.size() >= members_believed_min;
    const bool is_told = group.certainty == Certainty::sure || name.known != none || first.country != none;
    const bool is_guess = group.type == NameType::unknown ||
                          (group.type == NameType::other && group.certainty == Certainty::guess) ||
                          group.type == NameType::organisation;
    const auto& last =
        words_.class_of(text_.tokens[name.last - 1], article_.words_at(text_.tokens[name.last - 1].span));
    const bool is_of_family = last.is(WordClass::family | WordClass::family_somewhere);
    const bool is_of_person =
        is_single ? first.is(WordClass::given | WordClass::family) : first.is(WordClass::given) && is_of_family;
    const bool may_be_group =
        is_guess || (group.type == NameType::person && (!is_of_person || (is_single && group.with_article > 0)));
    if (is_told || !may_be_group || !group.is_witnessed) return;
    const auto believe = [&](NameType type) {
      group.type = type;
      group.certainty = Certainty::likely;
      group.witness = group.members[0];
      group.is_doubted = false;
    };
    if (group.with_fighters > 0 && (!is_word || is_repeated)) {
      group.is_armed = true;
      return believe(NameType::organisation);
    }
    if (group.type != NameType::unknown) return;
    // Where names have cases, persons have no article, and bodies stand in quotation marks or behind what they are.
    if (words_.is_inflected && is_single && !is_word && group.acting > 0 && group.at == 0)
      return believe(group.led > 0 ? NameType::organisation : NameType::person);
    if (words_.is_inflected) return;
    const bool is_used = (group.acting > 0 || (group.led > 0 && group.with_article > 0)) && is_repeated;
    if (is_used && !is_word) return believe(NameType::organisation);
    if (is_single && !words_.nouns_have_capitals && (group.with_article > 0 || group.led > 0)) {
      believe(NameType::organisation);
      group.is_doubted = true;
    }
  }

  /// "Jane Doe … Doe": only persons are called by the last word of their names, as long as that is no word by itself.
  void believe_persons_called_alone() {
    for (std::uint32_t i = 0; i < candidates_.size(); ++i) {
      if (stems_[i].size() != 1 || candidates_[i].type == NameType::country || candidates_[i].town != none) continue;
      const auto& token = text_.tokens[candidates_[i].first];
      if (words_.class_of(token, article_.words_at(token.span)).is(WordClass::common | WordClass::acronym)) continue;
      if (const auto person = person_called(i)) groups_[persons_[*person].group].is_doubted = false;
    }
    for (const auto& [group, person] : person_of_group_) {
      if (!groups_[group].is_doubted) groups_[persons_[person].group].is_doubted = false;
    }
    // Another of a family that is believed: "Jane Doe … Xyla Doe".
    for (const auto& person : persons_) {
      const Candidate& name = candidates_[groups_[person.group].members[0]];
      const auto& token = text_.tokens[name.last - 1];
      if (words_.class_of(token, article_.words_at(token.span)).is(WordClass::common | WordClass::english_word))
        continue;
      for (const auto other : persons_by_family_[person.stems.back()]) {
        if (!groups_[persons_[other].group].is_doubted) groups_[person.group].is_doubted = false;
      }
    }
  }

  /// The one person whom a single name means; nothing where there is none or more than one.
  std::optional<std::uint32_t> person_called(std::uint32_t i) const {
    const auto& stems = stems_[i];
    if (stems.size() != 1) return {};
    const Group& group = groups_[group_of_[i]];
    const bool is_certain_place = group.certainty == Certainty::sure && group.type != NameType::person;
    if (const auto found = persons_by_family_.find(stems[0]); found != persons_by_family_.end()) {
      if (found->second.size() == 1 && (!is_certain_place || candidates_[i].town != none)) return found->second[0];
      return {};
    }
    if (group.type != NameType::person && group.type != NameType::unknown) return {};
    if (const auto found = persons_by_given_.find(stems[0]);
        found != persons_by_given_.end() && found->second.size() == 1)
      return found->second[0];
    return {};
  }

  // -- actors -------------------------------------------------------------------------------------------------------

  std::string iso_of(std::uint32_t country) const {
    return country == none ? std::string() : std::string(shared_.knowledge.country(country).iso);
  }

  /// The country that a town governs.
  std::uint32_t governed_by(std::uint32_t town_id) const {
    if (town_id == none) return none;
    const auto town = shared_.knowledge.town(town_id);
    for (const auto id : shared_.knowledge.meanings(fold(town.name), knowledge::NameKind::capital, Language())) {
      if (shared_.knowledge.country(id).iso == town.country) return id;
    }
    return none;
  }

  std::uint32_t actor_by(const std::string& own_key, const ArticleActor& made) {
    const auto [entry, is_new] = actor_by_key_.try_emplace(own_key, static_cast<std::uint32_t>(out_.actors.size()));
    if (is_new) out_.actors.push_back(made);
    return entry->second;
  }

  std::uint32_t state(std::uint32_t country) {
    ArticleActor made;
    made.type = ActorType::state;
    made.iso = iso_of(country);
    made.key = "country " + made.iso;
    made.name = shared_.knowledge.country(country).name;
    made.is_named = true;
    return actor_by(made.key, made);
  }

  void mention(std::uint32_t i, std::uint32_t actor) {
    const Candidate& name = candidates_[i];
    out_.mentions.push_back({name.block, name.span, actor, name.is_description});
    if (!name.role.empty() && out_.actors[actor].type == ActorType::person)
      out_.actors[actor].roles.emplace_back(name.block, name.role);
  }

  void place_of(std::uint32_t i) { out_.places.emplace_back(candidates_[i].block, candidates_[i].span); }

  /// On one line; of a description without its article.
  std::string printed(const Candidate& name) const {
    std::string out;
    Span span = name.span;
    const auto& first = text_.tokens[name.first];
    if (name.is_description && name.last - name.first > 1 &&
        words_.class_of(first, article_.words_at(first.span)).is(WordClass::article))
      span.begin = text_.tokens[name.first + 1].span.begin;
    for (const char c : article_.words_at(span)) out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    return out;
  }

  void place(std::uint32_t i) {
    const Candidate& name = candidates_[i];
    auto g = group_of_[i];
    if (const auto longer = short_for_.find(g); longer != short_for_.end()) {
      const auto actor = named(longer->second);
      if (actor != none) {
        const auto form = printed(name);
        auto& forms = out_.actors[actor].short_forms;
        if (std::find(forms.begin(), forms.end(), form) == forms.end()) forms.push_back(form);
        return mention(i, actor);
      }
    }
    if (name.known != none) return mention(i, known(name.known));
    if (name.type == NameType::country) {
      if (name.acts || !is_behind_place_word(name)) return mention(i, state(name.country));
      return place_of(i);
    }
    if (const auto person = person_called(i)) return mention(i, named(persons_[*person].group));
    if (name.type == NameType::population) return mention(i, population(i));
    if (name.type == NameType::body) {
      if (name.needs_witness && !groups_[g].is_witnessed) return;
      const auto actor = body(i);
      return actor == none ? void() : mention(i, actor);
    }
    const Group& group = groups_[g];
    if (!group.is_witnessed && group.certainty < Certainty::sure) return;
    switch (group.type) {
      case NameType::place: {
        const auto country = governed_by(name.town);
        if (name.acts && country != none) return mention(i, state(country));
        return place_of(i);
      }
      case NameType::organisation:
        // Letters that nothing leads in are as often a unit or a form.
        if (group.certainty == Certainty::guess && stems_[i].size() == 1) return;
        [[fallthrough]];
      case NameType::person:
      case NameType::body: {
        const auto actor = named(g);
        if (actor != none) mention(i, actor);
        return;
      }
      case NameType::country: return mention(i, state(candidates_[group.witness].country));
      default: return;
    }
  }

  bool is_behind_place_word(const Candidate& name) const {
    if (name.first == 0) return false;
    const auto& before = text_.tokens[name.first - 1];
    if (before.kind != TokenKind::word || name.span.begin - before.span.end > 1) return false;
    return words_.class_of(before, article_.words_at(before.span)).is(WordClass::at);
  }

  std::uint32_t known(std::uint32_t id) {
    const KnownName& known = shared_.known_names[id];
    ArticleActor made;
    made.type = known.type;
    made.key = "known " + known.name;
    made.name = known.name;
    made.iso = known.iso;
    made.is_named = true;
    return actor_by(made.key, made);
  }

  std::uint32_t population(std::uint32_t i) {
    const Candidate& name = candidates_[i];
    ArticleActor made;
    made.type = ActorType::population;
    made.iso = iso_of(name.country);
    made.is_named = !name.is_description;
    if (!name.is_description && name.country != none) {
      made.key = "people " + made.iso;
      made.name = "people of " + std::string(shared_.knowledge.country(name.country).name);
      return actor_by(made.key, made);
    }
    made.name = printed(name);
    if (name.population != none) {
      made.key.append("population ").append(shared_.population_kinds[name.population]).append(" ").append(made.iso);
      return actor_by(made.key, made);
    }
    made.key = name_key("population", i).append(" ").append(text_.language.code()).append(made.iso);
    return actor_by(made.key, made);
  }

  std::string name_key(std::string_view what, std::uint32_t i) const {
    std::string key(what);
    for (const Key stem : stems_[i]) key.append(" ").append(std::to_string(stem));
    return key;
  }

  /// A body with its head; none for a description of which the article does not say whose it is, if nothing else does.
  std::uint32_t body(std::uint32_t i) {
    const Candidate& name = candidates_[i];
    const BodyKind& kind = shared_.kinds[name.kind];
    if (kind.is_one && name.country != none) {
      ArticleActor made;
      made.type = kind.type;
      made.iso = iso_of(name.country);
      made.key.append("body ").append(kind.name).append(" ").append(made.iso);
      auto words = kind.name;
      std::replace(words.begin(), words.end(), '_', ' ');
      made.name.append(words).append(" of ").append(shared_.knowledge.country(name.country).name);
      made.is_named = true;
      const auto actor = actor_by(made.key, made);
      body_by_head_[text_.tokens[head_of(name)].stem].insert(actor);
      return actor;
    }
    const auto& first = text_.tokens[head_of(name)];
    const auto& head = words_.class_of(first, article_.words_at(first.span));
    const bool is_head_alone = stems_[i].size() == 1 && (head.is(WordClass::begins_body) || head.compound_body != none);
    if (is_head_alone || name.is_description) {
      const auto found = body_by_head_.find(text_.tokens[head_of(name)].stem);
      if (found != body_by_head_.end() && found->second.size() == 1) return *found->second.begin();
    }
    ArticleActor made;
    made.type = kind.type;
    made.iso = iso_of(name.country);
    made.name = printed(name);
    made.is_named = !name.is_description && !is_head_alone;
    const auto actor = actor_by(name_key("name", i), made);
    if (!is_head_alone && made.is_named) body_by_head_[text_.tokens[head_of(name)].stem].insert(actor);
    return actor;
  }

  /// The token by which a body is called for short: the first of its head.
  std::uint32_t head_of(const Candidate& name) const {
    for (auto t = name.first; t < name.last; ++t) {
      const auto& token = text_.tokens[t];
      const auto& c = words_.class_of(token, article_.words_at(token.span));
      if (c.is(WordClass::begins_body) || c.compound_body != none) return t;
    }
    return name.first;
  }

  /// The actor of a group of persons, organisations or bodies.
  std::uint32_t named(std::uint32_t g) {
    if (const auto person = person_of_group_.find(g); person != person_of_group_.end())
      g = persons_[person->second].group;
    const Group& group = groups_[g];
    const Candidate& name = candidates_[group.witness == none ? group.members[0] : group.witness];
    if (group.type == NameType::body && name.known == none && name.kind != none) return body(group.witness);
    if (name.known != none) return known(name.known);
    ArticleActor made;
    made.type = group.type == NameType::person ? ActorType::person : ActorType::organisation;
    made.name = printed(candidates_[group.members[0]]);
    made.is_named = true;
    if (group.is_armed) made.type = ActorType::armed_group;
    made.is_doubted = group.is_doubted;
    made.has_full_name = made.type == ActorType::person && stems_[group.members[0]].size() > 1;
    return actor_by(name_key("name", group.members[0]), made);
  }

  void finish() {
    std::stable_sort(out_.mentions.begin(), out_.mentions.end(),
                     [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
    // The longest form in which a person is printed is its name.
    for (const auto& mention : out_.mentions) {
      auto& actor = out_.actors[mention.actor];
      if (actor.type != ActorType::person) continue;
      const auto form = article_.words_at(mention.span);
      const auto blanks = [](std::string_view s) { return std::count(s.begin(), s.end(), ' '); };
      // ... and not its genitive.
      const bool is_plainer = blanks(form) == blanks(actor.name) && actor.name.starts_with(form);
      if (blanks(form) > blanks(actor.name) || is_plainer) actor.name = std::string(form);
    }
  }

  const Article& article_;
  const text::Text& text_;
  const ActorKnowledge& shared_;
  const ActorWords& words_;
  std::vector<Candidate> candidates_;
  std::vector<std::vector<Key>> stems_;
  std::vector<std::uint32_t> group_of_;
  std::vector<Group> groups_;
  std::map<std::uint32_t, std::uint32_t> short_for_;
  std::vector<Person> persons_;
  std::unordered_map<Key, std::vector<std::uint32_t>> persons_by_family_, persons_by_given_;
  std::unordered_map<std::uint32_t, std::uint32_t> person_of_group_;
  std::unordered_map<std::string, std::uint32_t> actor_by_key_;
  std::unordered_map<Key, std::set<std::uint32_t>> body_by_head_;
  ArticleActors out_;
};

}  // namespace

ArticleActors find_actors(const Article& article, const text::Text& text, const std::optional<Dateline>& dateline,
                          const ActorKnowledge& shared, const ActorWords& words) {
  return ArticleReader(article, text, shared, words).run(dateline);
}

}  // namespace depesche::facts
