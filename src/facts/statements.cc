// Who said it stands near the verb that says so, or has said something before.
//
// A unit is a sentence, or several where a quotation runs on over full stops. In its words outside of quotation marks stand
// frames (frames.cc), each attributes a content (contents.cc) to a speaker:
//
//   "…", a indiqué mercredi la porte-parole de la diplomatie russe, Maria Zakharova, lors de …   named here
//   Elle a ajouté que …                         a pronoun: the last one named that agrees with it
//   Er sagte, A. B werde …                      a sentence in the subjunctive goes on with what was said before
//   X said that Y had told Z that A             A came from Y by way of X
//   Ria Novosti reported, citing the embassy    the embassy speaks, by way of Ria Novosti
//
// Where no speaker is found there is no statement, nor where the verb is negated ("did not say that …"): better none than a
// wrong mouth. What somebody denies is marked as denied; a demand, a fear or an accusation is no claim (SpeechAct).
#include "facts/statements.h"

#include <algorithm>
#include <array>

#include "facts/antecedents.h"
#include "facts/contents.h"
#include "facts/frames.h"
#include "facts/units.h"

namespace depesche::facts {
namespace {

constexpr std::size_t quoted_sentence_words_min = 3;    ///< a quotation that stands alone as a sentence
constexpr std::size_t opening_tokens_max = 14;          ///< among which a sentence names what it is about
constexpr std::size_t headline_speaker_tokens_max = 8;  ///< before the colon of "Moscow: …"
constexpr std::size_t quoted_colon_words_min = 5;       ///< of a quotation behind a colon alone
constexpr std::size_t run_tokens_min = 4;               ///< of a sentence that goes on in the subjunctive

Modality modality_of(SpeechAct act) {
  switch (act) {
    case SpeechAct::denies: return Modality::denied;
    case SpeechAct::demands:
    case SpeechAct::promises:
    case SpeechAct::threatens: return Modality::planned;
    case SpeechAct::fears:
    case SpeechAct::hopes: return Modality::conditional;
    default: return Modality::asserted;
  }
}

class ArticleReader {
 public:
  ArticleReader(const Article& article, const SpeechWords& words, const ArticleActors& named)
      : article_(article), words_(words), named_(named) {}

  std::vector<Attribution> run(const std::vector<Unit>& units) {
    for (index_ = 0; index_ < units.size(); ++index_) {
      while (next_mention_ < named_.mentions.size() &&
             named_.mentions[next_mention_].span.end <= units[index_].span.begin)
        ++next_mention_;
      auto last = next_mention_;
      while (last < named_.mentions.size() && named_.mentions[last].span.begin < units[index_].span.end) ++last;
      const Phrases phrases(article_, units[index_], words_,
                            std::span(named_.mentions).subspan(next_mention_, last - next_mention_), named_.actors);
      read(phrases);
    }
    return std::move(found_);
  }

 private:
  /// A speaker with what of him is needed once the unit is read.
  struct Mouth {
    Span words;
    Span mouth;
    Span role;
    SpeakerKind kind = SpeakerKind::name;
    std::uint64_t agreement = 0;
    bool is_by_reference = false;
  };

  void read(const Phrases& phrases) {
    const auto frames = find_frames(phrases);
    const auto contents = contents_of(phrases, frames);
    const auto first_here = found_.size();
    speakers_.assign(frames.size(), std::nullopt);
    const bool takes_awaited = take_awaited(phrases);
    for (std::size_t f = 0; f < frames.size(); ++f) read_frame(phrases, frames, contents, f, first_here);
    if (found_.size() == first_here && !takes_awaited && frames.empty()) read_headline(phrases);
    if (found_.size() == first_here && !takes_awaited) read_colon(phrases);
    if (found_.size() == first_here && !takes_awaited) go_on(phrases);
    note_opening(phrases);
    for (auto at = first_here; at < found_.size(); ++at) {
      if (const auto& mouth = mouths_[at]; !mouth.is_by_reference) note(mouth);
    }
    note_unit(first_here);
    awaiting_.reset();
    for (std::size_t f = 0; f < frames.size(); ++f) {
      if (contents[f].is_awaited && speakers_[f])
        awaiting_ = {frames[f].cue.words.is_empty() ? Span{} : phrases.span_of(frames[f].cue.words), *speakers_[f],
                     index_};
    }
  }

  void note(const Mouth& mouth) {
    antecedents_.note({0, index_, mouth.words, mouth.role, mouth.kind, mouth.agreement});
  }

  // -- speakers -----------------------------------------------------------------------------------------------------

  const ActorMention* mention_in(Span span) const {
    for (auto m = next_mention_; m < named_.mentions.size() && named_.mentions[m].span.begin < span.end; ++m) {
      if (named_.mentions[m].span.overlaps(span)) return &named_.mentions[m];
    }
    return nullptr;
  }

  /// What pronouns may stand for it.
  std::uint64_t agreement_of(const Phrases& phrases, const Party& party) const {
    if (party.agreement != 0) {
      // Where no noun has a gender of its own, persons are he or she, and the rest it.
      return party.agreement;
    }
    const bool is_person_like =
        party.kind == SpeakerKind::office || (party.kind == SpeakerKind::name && is_person(phrases, party));
    if (is_person_like) return is_masculine | is_feminine;
    if (party.kind == SpeakerKind::common) return 0;
    return is_neuter | is_plural | (words_.has_gendered_nouns ? is_masculine | is_feminine : 0);
  }

  bool is_person(const Phrases& phrases, const Party& party) const {
    const auto* mention = mention_in(phrases.span_of(party.words));
    if (mention != nullptr) return named_.actors[mention->actor].type == ActorType::person;
    const Span words = phrases.span_of(party.words);
    const auto place = std::partition_point(named_.places.begin(), named_.places.end(),
                                            [&](const auto& p) { return p.second.end <= words.begin; });
    return place == named_.places.end() || !place->second.overlaps(words);
  }

  std::optional<Mouth> mouth_of(const Phrases& phrases, const Party& party) const {
    Mouth mouth;
    mouth.mouth = phrases.span_of(party.all);
    if (party.is_pronoun) {
      const auto meant = antecedents_.meant_by(party.agreement, index_);
      mouth.is_by_reference = true;
      mouth.words = meant ? meant->words : mouth.mouth;
      mouth.kind = meant ? meant->kind : SpeakerKind::unknown;
      mouth.agreement = meant ? meant->agreement : party.agreement;
      return mouth;
    }
    mouth.words = phrases.span_of(party.words);
    mouth.role = phrases.span_of(party.role);
    mouth.kind = party.kind;
    mouth.agreement = agreement_of(phrases, party);
    return mouth;
  }

  /// The speaker of a frame; of one that borrows, that of the frame before, else what opens the unit.
  static bool is_nested(const Phrases& phrases, const std::vector<Frame>& frames, const std::vector<Content>& contents,
                        std::size_t f) {
    const Span cue = phrases.span_of(frames[f].cue.words);
    return std::any_of(contents.begin(), contents.begin() + static_cast<std::ptrdiff_t>(f), [&](const Content& outer) {
      return std::any_of(outer.spans.begin(), outer.spans.end(), [&](Span span) { return span.contains(cue); });
    });
  }

  std::optional<Mouth> speaker_of(const Phrases& phrases, const std::vector<Frame>& frames,
                                  const std::vector<Content>& contents, std::size_t f) const {
    const Frame& frame = frames[f];
    if (frame.speaker) return mouth_of(phrases, *frame.speaker);
    if (frame.borrows_speaker) {
      // The verb before that is not itself within what another says.
      for (std::size_t g = f; g > 0; --g) {
        if (frames[g - 1].cue.kind == Cue::verb && speakers_[g - 1] && !frames[g - 1].is_relative &&
            !is_nested(phrases, frames, contents, g - 1))
          return speakers_[g - 1];
      }
      const auto opening = opening_of(phrases, frame.cue.group.begin);
      return opening ? mouth_of(phrases, *opening) : std::nullopt;
    }
    const bool is_finite = (frame.cue.flags & is_participle) == 0 && !frame.cue.is_unsaid && !frame.cue.is_passive;
    if (words_.subject_may_be_absent && is_finite && !found_.empty() && frame.opens != Opening::none) {
      const auto meant = antecedents_.meant_by(0, index_);
      if (!meant) return {};
      Mouth mouth;
      mouth.words = meant->words;
      mouth.kind = meant->kind;
      mouth.agreement = meant->agreement;
      mouth.is_by_reference = true;
      return mouth;
    }
    return {};
  }

  /// Who or what a sentence opens with.
  std::optional<Party> opening_of(const Phrases& phrases, std::size_t to) const {
    const auto limit = std::min({phrases.size(), to, opening_tokens_max});
    for (std::size_t i = 0; i < limit; ++i) {
      if (phrases.is_quoted(i)) return {};
      if (const auto pronoun = phrases.pronoun_at(i)) return pronoun;
      if (phrases.at(i).is(is_preposition | is_inner_preposition) && !phrases.at(i).is(is_article)) {
        const auto led_in = phrases.party_at(i + 1, limit);
        if (led_in) i = led_in->all.end - 1;
        continue;
      }
      if (const auto party = phrases.party_at(i, phrases.size()); party && !phrases.at(i).is(is_oblique)) return party;
    }
    return {};
  }

  void note_opening(const Phrases& phrases) {
    const auto opening = opening_of(phrases, phrases.size());
    if (!opening || opening->is_pronoun) return;
    if (opening->kind == SpeakerKind::common && mention_in(phrases.span_of(opening->all)) == nullptr) return;
    // One capital alone may be any word that begins a sentence.
    const bool is_known = opening->kind != SpeakerKind::name || opening->words.end - opening->words.begin >= 2 ||
                          mention_in(phrases.span_of(opening->words)) != nullptr;
    if (!is_known) return;
    if (auto mouth = mouth_of(phrases, *opening)) note(*mouth);
  }

  // -- frames -------------------------------------------------------------------------------------------------------

  void read_frame(const Phrases& phrases, const std::vector<Frame>& frames, const std::vector<Content>& contents,
                  std::size_t f, std::size_t first_here) {
    const Frame& frame = frames[f];
    const Content& content = contents[f];
    if (frame.cue.is_negated) return;
    speakers_[f] = speaker_of(phrases, frames, contents, f);
    if (!speakers_[f] || content.is_taken || content.spans.empty()) return;
    if (frame.cue.is_unsaid && content.kind != StatementKind::direct) return;
    if (frame.opens == Opening::question && content.kind == StatementKind::indirect) return;
    if (is_question(phrases, content)) return;
    Attribution out;
    Statement& statement = out.statement;
    Mouth mouth = *speakers_[f];
    if (frame.cited) {
      if (auto cited = mouth_of(phrases, *frame.cited)) {
        add_relay(out, mouth);
        mouth = *cited;
        mouth.mouth = cited->mouth;
      }
    }
    if (frame.relay) {
      if (const auto relay = mouth_of(phrases, *frame.relay)) add_relay(out, *relay);
    }
    for (const std::size_t g : content.passed_on_by) {
      if (frames[g].speaker) {
        if (const auto relay = mouth_of(phrases, *frames[g].speaker)) add_relay(out, *relay);
      }
    }
    statement.content = content.spans;
    std::erase_if(statement.content, [&](Span span) { return span.overlaps(mouth.mouth); });
    if (statement.content.empty() || is_told_already(statement, first_here)) return;
    add_outer(out, phrases, frames, contents, f);
    statement.block = phrases.unit().block;
    statement.sentence = phrases.unit().span;
    statement.kind = content.kind;
    statement.cue = phrases.span_of(cue_with_auxiliaries(phrases, frame.cue));
    statement.act = frame.cue.act;
    fill_speaker(out, mouth);
    fill_circumstances(out, phrases, frame);
    finish(phrases, std::move(out), mouth);
  }

  /// "has also said"
  static Range cue_with_auxiliaries(const Phrases& phrases, const Cue& cue) {
    Range range = cue.words;
    for (std::size_t i = cue.group.begin; i < cue.words.begin; ++i) {
      const bool is_of_verb = phrases.at(i).is(is_auxiliary | is_passive | is_modal);
      if (is_of_verb) return {i, cue.words.end};
    }
    return range;
  }

  /// "X said that Y had told Z that A": A came by way of X.
  void add_outer(Attribution& out, const Phrases& phrases, const std::vector<Frame>& frames,
                 const std::vector<Content>& contents, std::size_t f) const {
    for (std::size_t g = f; g > 0; --g) {
      const auto& outer = contents[g - 1];
      if (!speakers_[g - 1] || outer.is_taken || frames[g - 1].borrows_speaker) continue;
      const bool holds = std::any_of(outer.spans.begin(), outer.spans.end(),
                                     [&](Span span) { return span.contains(phrases.span_of(frames[f].cue.words)); });
      if (holds && speakers_[g - 1]->words != out.statement.speaker && !frames[f].borrows_speaker)
        add_relay(out, *speakers_[g - 1]);
    }
  }

  static void add_relay(Attribution& out, const Mouth& mouth) {
    out.statement.via.push_back({mouth.words, 0});
    out.via_kinds.push_back(mouth.kind);
  }

  bool is_told_already(const Statement& statement, std::size_t first_here) const {
    return std::any_of(
        found_.begin() + static_cast<std::ptrdiff_t>(first_here), found_.end(),
        [&](const Attribution& other) { return other.statement.content[0].begin == statement.content[0].begin; });
  }

  static bool is_question(const Phrases& phrases, const Content& content) {
    if (content.kind != StatementKind::indirect) return false;
    for (std::size_t i = phrases.size(); i > 0 && phrases.is_mark(i - 1); --i) {
      if (!phrases.is_quoted(i - 1) && phrases.is_mark(i - 1, '?')) return true;
    }
    return false;
  }

  static void fill_speaker(Attribution& out, const Mouth& mouth) {
    out.statement.speaker = mouth.words;
    out.statement.mouth = mouth.mouth;
    out.statement.role = mouth.role;
    out.statement.is_by_reference = mouth.is_by_reference;
    out.speaker_kind = mouth.kind;
  }

  void fill_circumstances(Attribution& out, const Phrases& phrases, const Frame& frame) const {
    Statement& statement = out.statement;
    const auto outside = [&](Range range) {
      const Span span = phrases.span_of(range);
      const bool is_inside =
          std::any_of(statement.content.begin(), statement.content.end(), [&](Span s) { return s.overlaps(span); });
      return is_inside ? Span{} : span;
    };
    if (frame.addressee) {
      statement.addressee = outside(frame.addressee->words);
      out.addressee_kind = frame.addressee->kind;
    }
    statement.occasion = outside(frame.occasion);
    statement.time = outside(frame.time);
    statement.place = outside(frame.place);
  }

  void finish(const Phrases& phrases, Attribution out, const Mouth& mouth) {
    Statement& statement = out.statement;
    statement.is_denied = statement.act == SpeechAct::denies;
    statement.modality = modality_of(statement.act);
    for (std::size_t i = 0; i < phrases.size(); ++i) {
      const Span token = phrases.unit().tokens[i].span;
      statement.negations +=
          phrases.at(i).is(is_negation) && std::any_of(statement.content.begin(), statement.content.end(),
                                                       [&](Span span) { return span.contains(token); });
    }
    found_.push_back(std::move(out));
    mouths_.push_back(mouth);
  }

  // -- over the ends of sentences -----------------------------------------------------------------------------------

  /// "X said:" at the end of the sentence before.
  bool take_awaited(const Phrases& phrases) {
    if (!awaiting_ || awaiting_->unit + 1 != index_ || phrases.size() == 0) return false;
    Attribution out;
    const bool is_quoted = phrases.is_quoted(0);
    if (!is_quoted) return false;
    for (std::size_t q = 0; q < phrases.unit().quotations.size(); ++q)
      out.statement.content.push_back(phrases.unit().quotations[q].inner);
    out.statement.block = phrases.unit().block;
    out.statement.sentence = phrases.unit().span;
    out.statement.kind = StatementKind::direct;
    Mouth mouth = awaiting_->mouth;
    mouth.is_by_reference = true;
    mouth.mouth = {};
    fill_speaker(out, mouth);
    finish(phrases, std::move(out), mouth);
    return true;
  }

  /// "Moscou : …", "Peskov: “…”"
  void read_headline(const Phrases& phrases) {
    const bool is_headline = article_.blocks[phrases.unit().block].role != Role::body;
    const auto party = phrases.party_at(0, std::min(phrases.size(), headline_speaker_tokens_max));
    if (!party || party->kind == SpeakerKind::common) return;
    const auto colon = party->all.end;
    if (colon + 2 >= phrases.size() || !phrases.is_mark(colon, ':')) return;
    const bool is_quoted = phrases.is_quoted(colon + 1);
    const auto* mention = mention_in(phrases.span_of(party->words));
    // "MUSTER: …": who speaks in what was taken down.
    const bool opens_block = phrases.unit().span.begin == article_.blocks[phrases.unit().block].content().begin;
    const bool is_speaking =
        opens_block && mention != nullptr && named_.actors[mention->actor].type == ActorType::person;
    if (!is_quoted && !(is_headline && mention != nullptr) && !is_speaking) return;
    Attribution out;
    out.statement.block = phrases.unit().block;
    out.statement.sentence = phrases.unit().span;
    out.statement.kind = is_quoted || is_speaking ? StatementKind::direct : StatementKind::indirect;
    out.statement.cue = phrases.span_of({colon, colon + 1});
    out.statement.content = {is_quoted ? phrases.unit().quotations.front().inner
                                       : phrases.span_of({colon + 1, phrases.size()})};
    const auto mouth = mouth_of(phrases, *party);
    fill_speaker(out, *mouth);
    finish(phrases, std::move(out), *mouth);
  }

  /// "The mayor put it bluntly: “…”": whatever the verb, a colon leads in what he says.
  void read_colon(const Phrases& phrases) {
    std::size_t at = 1;
    while (at < phrases.size() && !(phrases.is_quoted(at) && phrases.is_mark(at - 1, ':'))) ++at;
    if (at >= phrases.size()) return;
    const auto q = static_cast<std::size_t>(phrases.quotation_of(at));
    if (words_in(phrases, tokens_of_quotation(phrases, q)) < quoted_colon_words_min) return;
    const auto opening = opening_of(phrases, at);
    if (!opening || opening->kind == SpeakerKind::common || opening->is_pronoun) return;
    const bool is_known =
        opening->words.end - opening->words.begin >= 2 || mention_in(phrases.span_of(opening->words)) != nullptr;
    if (!is_known) return;
    Attribution out;
    out.statement.block = phrases.unit().block;
    out.statement.sentence = phrases.unit().span;
    out.statement.kind = StatementKind::direct;
    out.statement.cue = phrases.span_of({at - 1, at});
    out.statement.content = {phrases.unit().quotations[q].inner};
    const auto mouth = mouth_of(phrases, *opening);
    fill_speaker(out, *mouth);
    finish(phrases, std::move(out), *mouth);
  }

  /// A unit that is one quotation and nothing else goes on with what was said before it, and so does a sentence in the
  /// subjunctive.
  void go_on(const Phrases& phrases) {
    if (found_.empty() || mouths_.empty()) return;
    const Attribution& last = found_.back();
    if (last_unit_ + 1 < index_) return;
    const bool is_same_block = last.statement.block == phrases.unit().block;
    std::size_t outside = 0;
    bool is_reported = false;
    for (std::size_t i = 0; i < phrases.size(); ++i) {
      outside += !phrases.is_quoted(i) && !phrases.is_mark(i);
      is_reported |= !phrases.is_quoted(i) && phrases.at(i).is(is_reported_form);
    }
    Attribution out;
    out.statement.kind = StatementKind::direct;
    const bool is_quotation = outside == 0 && phrases.unit().quotations.size() == 1 &&
                              words_in(phrases, tokens_of_quotation(phrases, 0)) >= quoted_sentence_words_min;
    if (is_quotation && (is_same_block || last.statement.kind == StatementKind::direct)) {
      out.statement.content = {phrases.unit().quotations.front().inner};
    } else if (is_reported && is_same_block && phrases.size() >= run_tokens_min && words_.has_reported_forms &&
               last.statement.act != SpeechAct::denies) {
      out.statement.kind = StatementKind::indirect;
      auto end = phrases.size();
      while (end > 0 && phrases.is_mark(end - 1) && !phrases.is_quoted(end - 1)) --end;
      if (end == 0) return;
      out.statement.content = {phrases.span_of({0, end})};
    } else {
      return;
    }
    out.statement.block = phrases.unit().block;
    out.statement.sentence = phrases.unit().span;
    out.statement.via = last.statement.via;
    out.via_kinds = last.via_kinds;
    Mouth mouth = mouths_.back();
    mouth.is_by_reference = true;
    mouth.mouth = {};
    fill_speaker(out, mouth);
    finish(phrases, std::move(out), mouth);
  }

  void note_unit(std::size_t first) {
    if (first == found_.size()) return;
    last_unit_ = index_;
  }

  /// A speaker whose words the next unit holds.
  struct Awaiting {
    Span cue;
    Mouth mouth;
    std::size_t unit = 0;
  };

  const Article& article_;
  const SpeechWords& words_;
  const ArticleActors& named_;
  std::size_t index_ = 0;                       ///< of the unit at hand
  std::size_t last_unit_ = 0;                   ///< the last one with a statement
  std::size_t next_mention_ = 0;                ///< the first that does not end before the unit at hand
  std::vector<std::optional<Mouth>> speakers_;  ///< beside the frames of the unit at hand
  std::vector<Attribution> found_;
  std::vector<Mouth> mouths_;  ///< beside them
  std::optional<Awaiting> awaiting_;
  Antecedents antecedents_;
};

}  // namespace

std::vector<Attribution> find_attributions(const Article& article, const text::Text& text,
                                           const std::optional<Dateline>& dateline, const SpeechWords& words,
                                           const ArticleActors& named) {
  return ArticleReader(article, words, named).run(units_of(article, text, dateline));
}

}  // namespace depesche::facts
