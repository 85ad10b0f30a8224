// A text is read as of every day on which it may have been written, and those stay on which it agrees with the others.
//
//   a, written on 4 December   "… launched an offensive on 27 November …"
//   b, undated                 "… said on Saturday … launched an offensive on Wednesday …"
//
// The two sentences tell of one event: they name the same actors or places, and say of them in the same rare words what only few
// sentences of the pile say. So b's "Wednesday" is 27 November, which it is as of seven days, 27 November to 3 December. News is told
// on its day: of these days one is a Saturday, the first day that b names. Where no sentence of another article gives such a hold, or the
// holds contradict each other, or several days are left, nothing is said.
#include "lineage/inferred.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "core/unicode.h"
#include "lineage/body_sentences.h"

namespace depesche::lineage {
namespace {

/// Days between an event and the report that still calls it by a weekday or "last week".
constexpr int days_behind_max = 16;
constexpr int days_ahead_max = 7;
/// An event further from its own report than this is history, told by its date alone.
constexpr std::int64_t news_days_max = 45;
/// What two sentences share of the lighter one's weight, to be one event; read off the pairs around it (docs/measurements.md).
constexpr double same_event_share_min = 0.4;
/// … where they name two or more of the same actors and places, in a pile of one crisis: of years, likenesses repeat themselves.
constexpr double same_names_share_min = 0.3;
constexpr std::size_t same_names_min = 2;
constexpr std::int64_t crisis_days_max = 180;
/// … and so many concepts at least.
constexpr std::size_t same_event_concepts_min = 5;
/// Sentences that name one actor or place and are looked at; of more common ones the latest.
constexpr std::size_t postings_max = 400;
/// News stands in the title or one of the first sentences.
constexpr std::size_t lead_sentences = 2;
/// Of a pile that agrees so many holds are told.
constexpr std::size_t reasons_max = 3;

/// A sentence that says when something happened.
struct DatedSentence {
  ArticleIndex article = 0;
  std::uint32_t sentence = 0;           ///< into Text::sentences
  facts::Timex timex;                   ///< the first day or week that it names
  std::vector<std::uint64_t> names;     ///< actors and places, sorted
  std::vector<std::uint32_t> concepts;  ///< sorted, each once
};

bool is_relative(const facts::Timex& timex) {
  return timex.type != facts::TimexType::duration && timex.type != facts::TimexType::set && !timex.begin &&
         timex.value.starts_with('X');
}

class Inference {
 public:
  Inference(std::span<const Article> articles, std::span<const text::Text> texts, std::span<const copies::Body> bodies,
            const facts::Facts& facts, const knowledge::Knowledge& knowledge, std::vector<Written>& written)
      : articles_(articles), texts_(texts), bodies_(bodies), facts_(facts), finder_(knowledge), written_(written) {}

  void run() {
    for (ArticleIndex i = 0; i < articles_.size(); ++i) {
      if (has_day(i)) add_told(i);
    }
    if (told_.empty()) return;
    const auto day = [](const DatedSentence& sentence) { return days_since_epoch(*sentence.timex.begin); };
    const auto [first, last] =
        std::minmax_element(told_.begin(), told_.end(), [&](const auto& x, const auto& y) { return day(x) < day(y); });
    is_of_one_crisis_ = day(*last) - day(*first) <= crisis_days_max;
    std::vector<std::vector<DatedSentence>> open(articles_.size());
    for (ArticleIndex i = 0; i < articles_.size(); ++i) {
      if (!has_day(i)) open[i] = sentences_of(i, {}, is_relative);
    }
    weigh(open);
    // What is inferred of one article says nothing of the next: all are judged by what was known before.
    std::vector<std::pair<ArticleIndex, Written>> found;
    for (ArticleIndex i = 0; i < articles_.size(); ++i) {
      if (auto written = date_of(i, open[i])) found.emplace_back(i, std::move(*written));
    }
    for (auto& [i, written] : found) written_[i] = std::move(written);
  }

 private:
  bool has_day(ArticleIndex i) const { return written_[i].date && written_[i].date->precision >= Precision::day; }

  /// Days that an article tells of news by.
  void add_told(ArticleIndex i) {
    const auto day = cut_to(*written_[i].date, Precision::day);
    for (auto& sentence : sentences_of(i, day, [&](const facts::Timex& timex) {
           return timex.type == facts::TimexType::date && timex.begin && timex.begin->precision >= Precision::day &&
                  std::abs(days_since_epoch(*timex.begin) - days_since_epoch(day)) <= news_days_max;
         })) {
      for (const auto name : sentence.names) by_name_[name].push_back(told_.size());
      told_.push_back(std::move(sentence));
    }
  }

  /// The sentences of an article with a time that `is_wanted`, each with the first.
  template <class IsWanted>
  std::vector<DatedSentence> sentences_of(ArticleIndex i, const std::optional<Instant>& reference,
                                          const IsWanted& is_wanted) const {
    std::vector<DatedSentence> out;
    const auto& text = texts_[i];
    const auto positions = matched_sentences(articles_[i], text, Titles::kept);
    std::size_t at = 0;
    for (auto& timex : finder_.find(articles_[i], text, reference)) {
      if (!is_wanted(timex)) continue;
      while (at < positions.size() && text.sentences[positions[at]].span.end <= timex.span.begin) ++at;
      if (at == positions.size()) break;
      const auto& sentence = text.sentences[positions[at]];
      if (!sentence.span.contains(timex.span)) continue;
      if (!out.empty() && out.back().sentence == positions[at]) continue;
      out.push_back({i, positions[at], std::move(timex), names_in(i, sentence.span),
                     concepts_of(bodies_[i], static_cast<std::uint32_t>(at))});
    }
    return out;
  }

  std::vector<std::uint64_t> names_in(ArticleIndex i, Span span) const {
    constexpr std::uint64_t is_place = std::uint64_t{1} << 32;
    std::vector<std::uint64_t> names;
    const auto& facts = facts_.articles[i];
    for (const auto& mention : facts.mentions) {
      if (span.contains(mention.span) && !mention.is_description) names.push_back(mention.actor);
    }
    for (const auto& place : facts.places) {
      if (span.contains(place.span)) names.push_back(is_place | place.place);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  static std::vector<std::uint32_t> concepts_of(const copies::Body& body, std::uint32_t sentence) {
    std::vector<std::uint32_t> concepts;
    if (sentence >= body.sentences.size()) return concepts;
    for (auto c = body.sentences[sentence].first_concept; c < body.end_of_concepts(sentence); ++c)
      concepts.push_back(body.concepts[c] & ~copies::Body::begins_word);
    std::sort(concepts.begin(), concepts.end());
    concepts.erase(std::unique(concepts.begin(), concepts.end()), concepts.end());
    return concepts;
  }

  // -- one event -------------------------------------------------------------------------------------------------

  /// A concept weighs by how few of the articles say it of a day.
  void weigh(const std::vector<std::vector<DatedSentence>>& open) {
    std::unordered_map<std::uint32_t, std::set<ArticleIndex>> articles_with;
    const auto count = [&](const DatedSentence& sentence) {
      for (const auto id : sentence.concepts) articles_with[id].insert(sentence.article);
    };
    for (const auto& sentence : told_) count(sentence);
    for (const auto& sentences : open) {
      for (const auto& sentence : sentences) count(sentence);
    }
    const auto all = static_cast<double>(articles_.size());
    for (const auto& [id, of] : articles_with) weights_[id] = std::log(1 + all / static_cast<double>(of.size()));
  }

  double weight(const std::vector<std::uint32_t>& concepts) const {
    double sum = 0;
    for (const auto id : concepts) sum += weights_.at(id);
    return sum;
  }

  /// What the two share of the lighter one's weight; nothing where that is too little for one event.
  std::optional<double> share_of_event(const DatedSentence& x, const DatedSentence& y) const {
    std::vector<std::uint32_t> shared;
    std::set_intersection(x.concepts.begin(), x.concepts.end(), y.concepts.begin(), y.concepts.end(),
                          std::back_inserter(shared));
    std::vector<std::uint64_t> names;
    std::set_intersection(x.names.begin(), x.names.end(), y.names.begin(), y.names.end(), std::back_inserter(names));
    const bool is_named_alike = is_of_one_crisis_ && names.size() >= same_names_min;
    const auto share_min = is_named_alike ? same_names_share_min : same_event_share_min;
    if (shared.size() < same_event_concepts_min) return {};
    const double share = weight(shared) / std::min(weight(x.concepts), weight(y.concepts));
    return share >= share_min ? std::optional(share) : std::nullopt;
  }

  /// A sentence of an open article, and one of a dated article that tells of the same event.
  struct Hold {
    const DatedSentence* sentence;
    const DatedSentence* told;
    double share;
  };

  void add_holds(const DatedSentence& sentence, std::vector<Hold>& holds) const {
    std::set<std::size_t> candidates;
    for (const auto name : sentence.names) {
      const auto found = by_name_.find(name);
      if (found == by_name_.end()) continue;
      const auto& postings = found->second;
      const auto first = postings.size() > postings_max ? postings.size() - postings_max : 0;
      candidates.insert(postings.begin() + static_cast<std::ptrdiff_t>(first), postings.end());
    }
    for (const auto c : candidates) {
      if (told_[c].article == sentence.article) continue;
      if (const auto share = share_of_event(sentence, told_[c])) holds.push_back({&sentence, &told_[c], *share});
    }
  }

  // -- one day ---------------------------------------------------------------------------------------------------

  /// As of which days an expression names a day: all that stand at it, as days since the epoch.
  std::set<std::int64_t> days_on_which(const DatedSentence& sentence, const Instant& event) const {
    const text::Text alone = sentence_alone(sentence);
    std::set<std::int64_t> days;
    const auto told = days_since_epoch(event);
    for (auto day = told - days_ahead_max; day <= told + days_behind_max; ++day) {
      const auto reference = day_from_epoch(day);
      for (const auto& timex : finder_.find(articles_[sentence.article], alone, reference)) {
        if (timex.span == sentence.timex.span && names_day(timex, told)) days.insert(day);
      }
    }
    return days;
  }

  /// A day, or the week that holds it.
  static bool names_day(const facts::Timex& timex, std::int64_t day) {
    if (!timex.begin || timex.begin->precision < Precision::day) return false;
    const auto first = days_since_epoch(*timex.begin);
    const bool is_week = timex.value.find("-W") != std::string::npos;
    return day >= first && day < first + (is_week ? days_of_week : 1);
  }
  static constexpr std::int64_t days_of_week = 7;

  text::Text sentence_alone(const DatedSentence& sentence) const {
    const auto& whole = texts_[sentence.article];
    const auto& found = whole.sentences[sentence.sentence];
    text::Text out;
    out.language = whole.language;
    out.block_languages = whole.block_languages;
    const auto tokens = whole.tokens_of(found);
    out.tokens.assign(tokens.begin(), tokens.end());
    out.sentences.push_back(found);
    out.sentences[0].first_token = 0;
    out.sentences[0].last_token = static_cast<std::uint32_t>(tokens.size());
    for (auto number : whole.numbers) {
      if (number.first_token < found.first_token || number.last_token > found.last_token) continue;
      number.first_token -= found.first_token;
      number.last_token -= found.first_token;
      out.numbers.push_back(number);
    }
    return out;
  }

  /// The days that are left of an open article.
  struct Left {
    std::set<std::int64_t> days;
    std::vector<std::string> because;
  };

  std::optional<Left> days_left(ArticleIndex i, const std::vector<DatedSentence>& sentences) const {
    std::vector<Hold> holds;
    for (const auto& sentence : sentences) add_holds(sentence, holds);
    std::stable_sort(holds.begin(), holds.end(), [](const Hold& x, const Hold& y) { return x.share > y.share; });
    Left left;
    for (const Hold& hold : holds) {
      auto days = days_on_which(*hold.sentence, *hold.told->timex.begin);
      if (days.empty()) continue;
      if (!left.because.empty()) {
        std::set<std::int64_t> both;
        std::set_intersection(days.begin(), days.end(), left.days.begin(), left.days.end(),
                              std::inserter(both, both.begin()));
        // Two firm holds that contradict each other hold nothing; a weak one gives way.
        if (both.empty() && hold.share >= same_event_share_min) return {};
        if (both.empty()) continue;
        days = std::move(both);
      }
      left.days = std::move(days);
      add_reason(left, i, *hold.sentence, *hold.told);
    }
    if (left.because.empty()) return {};
    if (written_[i].date) {
      std::erase_if(left.days, [&](std::int64_t day) { return !agree(day_from_epoch(day), *written_[i].date); });
    }
    return left;
  }

  void add_reason(Left& left, ArticleIndex i, const DatedSentence& sentence, const DatedSentence& told) const {
    auto reason = fmt::format("\"{}\" is the {} of {}", articles_[i].words_at(sentence.timex.span),
                              iso(*told.timex.begin), articles_[told.article].id);
    if (left.because.size() < reasons_max &&
        std::find(left.because.begin(), left.because.end(), reason) == left.because.end())
      left.because.push_back(std::move(reason));
  }

  std::optional<Written> date_of(ArticleIndex i, const std::vector<DatedSentence>& sentences) const {
    auto left = sentences.empty() ? std::nullopt : days_left(i, sentences);
    if (!left || left->days.empty()) return {};
    Written out = written_[i];
    out.earliest = day_from_epoch(*left->days.begin());
    out.latest = day_from_epoch(*left->days.rbegin());
    if (left->days.size() == 1) {
      out.date = out.earliest;
    } else if (const auto* news = news_of_lead(i, sentences)) {
      if (const auto day = day_of_news(*news, left->days)) {
        out.date = day_from_epoch(*day);
        left->because.push_back(fmt::format("news of \"{}\"", articles_[i].words_at(news->timex.span)));
      }
    }
    out.basis = "inferred";
    out.because = fmt::format("{}{}", written_[i].because.empty() ? "" : written_[i].because + "; ",
                              fmt::join(left->because, "; "));
    return out;
  }

  /// The weekday of the lead.
  const DatedSentence* news_of_lead(ArticleIndex i, const std::vector<DatedSentence>& sentences) const {
    const auto positions = matched_sentences(articles_[i], texts_[i], Titles::kept);
    const auto behind_lead = positions[std::min(lead_sentences, positions.size() - 1)];
    const auto found = std::find_if(sentences.begin(), sentences.end(), [&](const DatedSentence& sentence) {
      return sentence.sentence <= behind_lead && sentence.timex.value.find("-WXX-") != std::string::npos;
    });
    return found == sentences.end() ? nullptr : &*found;
  }

  /// The one of `days` as of which the day of the news is the day of the telling.
  std::optional<std::int64_t> day_of_news(const DatedSentence& news, const std::set<std::int64_t>& days) const {
    std::optional<std::int64_t> day;
    for (const auto candidate : days) {
      if (!names_itself(news, candidate)) continue;
      if (day) return {};
      day = candidate;
    }
    return day;
  }

  bool names_itself(const DatedSentence& sentence, std::int64_t day) const {
    const auto alone = sentence_alone(sentence);
    for (const auto& timex : finder_.find(articles_[sentence.article], alone, day_from_epoch(day))) {
      if (timex.span == sentence.timex.span) return names_day(timex, day);
    }
    return false;
  }

  std::span<const Article> articles_;
  std::span<const text::Text> texts_;
  std::span<const copies::Body> bodies_;
  const facts::Facts& facts_;
  const facts::TimexFinder finder_;
  std::vector<Written>& written_;
  std::vector<DatedSentence> told_;
  bool is_of_one_crisis_ = false;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_name_;
  std::unordered_map<std::uint32_t, double> weights_;
};

}  // namespace

void infer_dates(std::span<const Article> articles, std::span<const text::Text> texts,
                 std::span<const copies::Body> bodies, const facts::Facts& facts, const knowledge::Knowledge& knowledge,
                 std::vector<Written>& written) {
  const auto is_open = [](const Written& w) { return !w.date || w.date->precision < Precision::day; };
  if (std::none_of(written.begin(), written.end(), is_open)) return;
  if (std::all_of(written.begin(), written.end(), is_open)) return;
  Inference(articles, texts, bodies, facts, knowledge, written).run();
}

}  // namespace depesche::lineage
