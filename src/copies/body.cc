// An article becomes two rows of hashes, its words and its shingles, cut into passages.
//
// The passage is the unit that two texts are compared in. A paragraph is one, since that is what editors cut and paste;
// but pages come as a single line often enough, and a line of eight hundred words that holds three paragraphs of a
// dispatch shares too little of itself to be linked with anything. So a long block is cut at the ends of its sentences.
//
// Thai, Chinese or Japanese text has no spaces between words, and two programs seldom agree where they are. There each
// letter and the next make one word: neighbouring words overlap, and a shingle of three is four letters.
#include <xxhash.h>

#include <algorithm>

#include "copies/copies.h"
#include "core/unicode.h"
#include "text/quotations.h"

namespace depesche::copies {
namespace {

/// A block longer than this is cut into passages of at least half as many words.
constexpr std::uint32_t passage_words_max = 120;
/// Words that tell what a passage is about, by their length: most of the others are grammar.
constexpr std::uint32_t content_word_bytes_min = 5;
constexpr std::uint32_t no_block = ~0u;

std::uint32_t fold_hash(std::uint64_t hash) { return static_cast<std::uint32_t>(hash ^ (hash >> 32)); }

class BodyMaker {
 public:
  BodyMaker(const Article& article, const text::Text& text, std::vector<text::Concept> concepts, Spans spans)
      : article_(article), text_(text), concepts_(std::move(concepts)), keeps_spans_(spans == Spans::kept) {}

  Body run() {
    for (const auto& sentence : text_.sentences) {
      const Block& block = article_.blocks[sentence.block];
      // A headline is no part of the text, but who translates a text translates its headline.
      if (block.role == Role::title || block.role == Role::subtitle) add_sentence(sentence, 0);
      if (block.role != Role::body && block.role != Role::subheading) continue;
      if (open_block_ != sentence.block) open_block(sentence.block, block.content());
      const auto quoted_before = quoted_words_;
      for (const auto& token : text_.tokens_of(sentence)) {
        if (token.kind != text::TokenKind::mark) add_token(token);
      }
      add_sentence(sentence, quoted_words_ - quoted_before);
      if (words_in_passage() > passage_words_max) end_passage(could_end_ > first_word_ ? could_end_ : body_.size());
      if (words_in_passage() * 2 >= passage_words_max) could_end_ = body_.size();
    }
    end_passage(body_.size());
    add_shingles();
    for (std::uint32_t i = 0; i < body_.size(); ++i) {
      if (body_.is_number[i]) body_.numbers.push_back(body_.forms[i]);
    }
    std::sort(body_.numbers.begin(), body_.numbers.end());
    body_.hash = hash_of_words();
    body_.language = text_.language;
    return std::move(body_);
  }

 private:
  std::uint32_t words_in_passage() const { return body_.size() - first_word_; }

  void add_sentence(const text::Sentence& sentence, std::uint32_t quoted_words) {
    while (next_concept_ < concepts_.size() && concepts_[next_concept_].first_token < sentence.first_token)
      ++next_concept_;
    const Role role = article_.blocks[sentence.block].role;
    const bool is_title = role == Role::title || role == Role::subtitle;
    const auto tokens = text_.tokens_of(sentence);
    const auto words = static_cast<std::uint32_t>(std::count_if(
        tokens.begin(), tokens.end(), [](const text::Token& token) { return token.kind != text::TokenKind::mark; }));
    body_.sentences.push_back({sentence.block, static_cast<std::uint32_t>(body_.concepts.size()),
                               count_code_points(article_.words_at(sentence.span)), words, quoted_words, is_title,
                               is_title || role == Role::subheading});
    body_.words_in_sentences += words;
    auto token = ~0u;
    for (; next_concept_ < concepts_.size() && concepts_[next_concept_].first_token < sentence.last_token;
         ++next_concept_) {
      const auto& concept_here = concepts_[next_concept_];
      body_.concepts.push_back(concept_here.id.bits | (concept_here.first_token != token ? Body::begins_word : 0));
      token = concept_here.first_token;
    }
  }

  void open_block(BlockIndex block, Span content) {
    end_passage(body_.size());
    open_block_ = block;
    quotations_ = text::find_quotations(article_.words_at(content), text::Unclosed::to_the_end);
    next_quotation_ = 0;
    content_begin_ = content.begin;
  }

  void add_token(const text::Token& token) {
    const auto at = token.span.begin - content_begin_;
    while (next_quotation_ < quotations_.size() && quotations_[next_quotation_].outer.end <= at) ++next_quotation_;
    const bool is_quoted = next_quotation_ < quotations_.size() && quotations_[next_quotation_].outer.begin <= at;
    quoted_words_ += is_quoted;
    const auto words = article_.words_at(token.span);
    if (is_unspaced(code_point_at(words, 0).value)) {
      add_letters(token, is_quoted);
      return;
    }
    add_word(fold_hash(token.form), fold_hash(token.stem), token.span, is_quoted,
             token.kind == text::TokenKind::number);
  }

  void add_letters(const text::Token& token, bool is_quoted) {
    const auto rest = std::string_view(article_.text).substr(token.span.begin);
    for (std::uint32_t at = 0; at < token.span.size();) {
      const auto next = code_point_at(rest, at).next;
      const auto pair_end = next < rest.size() ? code_point_at(rest, next).next : next;
      const auto hash = fold_hash(XXH3_64bits(rest.data() + at, pair_end - at));
      add_word(hash, hash, {token.span.begin + at, token.span.begin + next}, is_quoted, false);
      stem_bytes_.back() = content_word_bytes_min;
      at = next;
    }
  }

  void add_word(std::uint32_t form, std::uint32_t stem, Span span, bool is_quoted, bool is_number) {
    if (words_in_passage() == 2 * passage_words_max) end_passage(body_.size());  // no end of a sentence in sight
    body_.forms.push_back(form);
    body_.is_quoted.push_back(is_quoted);
    body_.is_number.push_back(is_number);
    if (keeps_spans_) body_.spans.push_back(span);
    stems_.push_back(stem);
    stem_bytes_.push_back(span.size());
  }

  void end_passage(std::uint32_t end) {
    if (end == first_word_) return;
    Passage passage{open_block_, first_word_,
                    end,         static_cast<std::uint32_t>(body_.content_stems.size()),
                    0,           article_.blocks[open_block_].role == Role::subheading};
    auto& stems = body_.content_stems;
    for (std::uint32_t i = first_word_; i < end; ++i) {
      if (stem_bytes_[i - first_word_] >= content_word_bytes_min) stems.push_back(stems_[i - first_word_]);
    }
    const auto first = stems.begin() + passage.first_stem;
    std::sort(first, stems.end());
    stems.erase(std::unique(first, stems.end()), stems.end());
    passage.last_stem = static_cast<std::uint32_t>(stems.size());
    body_.passages.push_back(passage);
    stems_.erase(stems_.begin(), stems_.begin() + (end - first_word_));
    stem_bytes_.erase(stem_bytes_.begin(), stem_bytes_.begin() + (end - first_word_));
    first_word_ = end;
  }

  void add_shingles() {
    body_.shingles.resize(body_.size());
    std::vector<std::uint32_t> distinct;
    distinct.reserve(body_.size());
    for (const Passage& passage : body_.passages) {
      for (auto i = passage.first_word; i + shingle_words <= passage.last_word; ++i) {
        const auto hash = XXH3_64bits(&body_.forms[i], shingle_words * sizeof(std::uint32_t));
        body_.shingles[i] = fold_hash(hash) | 1;  // never 0, which means "none here"
        distinct.push_back(body_.shingles[i]);
      }
    }
    std::sort(distinct.begin(), distinct.end());
    body_.distinct_shingles =
        static_cast<std::uint32_t>(std::unique(distinct.begin(), distinct.end()) - distinct.begin());
  }

  std::uint64_t hash_of_words() const {
    std::vector<std::uint32_t> words;
    words.reserve(body_.size() + body_.passages.size());
    BlockIndex block = no_block;
    for (const Passage& passage : body_.passages) {
      if (passage.block != block && block != no_block) words.push_back(0);
      block = passage.block;
      words.insert(words.end(), body_.forms.begin() + passage.first_word, body_.forms.begin() + passage.last_word);
    }
    return XXH3_64bits(words.data(), words.size() * sizeof(std::uint32_t));
  }

  const Article& article_;
  const text::Text& text_;
  const std::vector<text::Concept> concepts_;
  std::size_t next_concept_ = 0;
  const bool keeps_spans_;
  Body body_;
  BlockIndex open_block_ = no_block;
  std::uint32_t content_begin_ = 0;
  std::vector<text::Quotation> quotations_;  ///< of the block at hand
  std::size_t next_quotation_ = 0;
  std::uint32_t quoted_words_ = 0;         ///< of all sentences up to here
  std::uint32_t first_word_ = 0;           ///< of the passage at hand
  std::uint32_t could_end_ = 0;            ///< the last end of a sentence at which the passage was long enough
  std::vector<std::uint32_t> stems_;       ///< of the words since first_word_
  std::vector<std::uint32_t> stem_bytes_;  ///< the length of each such word
};

}  // namespace

Body body_of(const Article& article, const text::Text& text, const knowledge::Knowledge& knowledge, Spans spans) {
  auto body = BodyMaker(article, text, text::concepts_of(article, text, knowledge), spans).run();
  body.counterparts = text::counterpart_share(text.language, knowledge);
  return body;
}

Body body_of_words(const Article& article, const text::Text& text, Spans spans) {
  return BodyMaker(article, text, {}, spans).run();
}

std::vector<Body> bodies_of(std::span<const Article> articles, std::span<const text::Text> texts,
                            const knowledge::Knowledge& knowledge) {
  std::vector<Body> bodies;
  bodies.reserve(articles.size());
  for (std::size_t i = 0; i < articles.size(); ++i) bodies.push_back(body_of(articles[i], texts[i], knowledge));
  return bodies;
}

}  // namespace depesche::copies
