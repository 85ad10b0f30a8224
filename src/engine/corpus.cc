#include "engine/corpus.h"

#include <numeric>

#include "core/parallel.h"
#include "facts/facts.h"
#include "text/text.h"

namespace depesche {
namespace {

/// Articles are understood in batches, so that all threads have work and few texts are held.
constexpr std::size_t batch_articles = 256;

class Gatherer {
 public:
  using Each = std::function<void(const Article&, Language)>;

  Gatherer(const knowledge::Knowledge& knowledge, unsigned threads, const Each& each)
      : knowledge_(knowledge), threads_(threads), each_(each), origins_(knowledge) {}

  void take(Article&& article) {
    batch_.push_back(std::move(article));
    if (batch_.size() == batch_articles) flush();
  }

  Corpus finish() {
    flush();
    const auto order = intake::tell_apart(identities_);
    Corpus corpus;
    corpus.printings.reserve(order.size());
    corpus.bodies.reserve(order.size());
    for (const std::size_t i : order) {
      corpus.printings.push_back(std::move(printings_[i]));
      corpus.printings.back().id = std::move(identities_[i].id);
      corpus.bodies.push_back(std::move(bodies_[i]));
      corpus.arrival.push_back(static_cast<std::uint32_t>(i));
    }
    return corpus;
  }

 private:
  void flush() {
    const auto first = bodies_.size();
    bodies_.resize(first + batch_.size());
    printings_.resize(first + batch_.size());
    for_each_index(batch_.size(), threads_, [&](std::size_t i) {
      const auto text = text::annotate(batch_[i], knowledge_, text::Languages::of_article);
      bodies_[first + i] = copies::body_of(batch_[i], text, knowledge_, copies::Spans::dropped);
      printings_[first + i] = lineage::printing_of(batch_[i], text, origins_.read(batch_[i], text), knowledge_);
    });
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      identities_.push_back(intake::identity_of(batch_[i]));
      if (each_) each_(batch_[i], printings_[first + i].language);
    }
    batch_.clear();
  }

  const knowledge::Knowledge& knowledge_;
  const unsigned threads_;
  const Each& each_;
  const facts::OriginReader origins_;
  std::vector<Article> batch_;
  std::vector<intake::Identity> identities_;
  std::vector<lineage::Printing> printings_;
  std::vector<copies::Body> bodies_;
};

}  // namespace

Corpus gather(std::span<const std::string> paths, const knowledge::Knowledge& knowledge, const intake::Options& options,
              const std::function<void(const Article&, Language)>& each) {
  Gatherer gatherer(knowledge, options.threads, each);
  auto leftovers =
      intake::read_each(paths, knowledge, options, [&](Article&& article) { gatherer.take(std::move(article)); });
  Corpus corpus = gatherer.finish();
  corpus.leftovers = std::move(leftovers);
  return corpus;
}

}  // namespace depesche
