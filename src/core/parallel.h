#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace depesche {

/// Calls `work(i)` for every i below `count` on up to `threads` threads. Which thread takes which i is left open, so
/// `work` writes only to the place of its own i; the result is then the same for any number of threads.
template <class Work>
void for_each_index(std::size_t count, unsigned threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr first_failure;  // memory may run out; then the caller is told, as it would be without threads
  const auto drain = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!first_failure) first_failure = std::current_exception();
    }
  };
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < threads && i < count; ++i) helpers.emplace_back(drain);
  drain();
  helpers.clear();  // joins
  if (first_failure) std::rethrow_exception(first_failure);
}

}  // namespace depesche
