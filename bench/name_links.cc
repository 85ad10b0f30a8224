// Scores names for bench/name_links.py, which knows what is true. Reads lines of fields parted by tabs on stdin.
//
//   name_links pairs   a, b             → the score of each pair, a line each
//   name_links pile    language, name   → i, j, score of each candidate pair that scores at all; numbers of lines from 0
//
// The first line has the thresholds of `same` and `possible`. How fast it was goes to stderr.
#include <cstdio>
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#include "facts/names.h"
#include "knowledge/knowledge.h"

namespace {

using namespace depesche;

/// Of processor time: the clock on the wall tells who else works here.
double seconds_of(const auto& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc == 2 ? argv[1] : "";
  if (mode != "pairs" && mode != "pile") {
    std::fputs("usage: name_links pairs|pile < LINES\n", stderr);
    return 2;
  }
  const auto knowledge = knowledge::Knowledge::open();
  if (!knowledge) {
    std::fprintf(stderr, "%s\n", knowledge.error().message.c_str());
    return 1;
  }
  const facts::NameMatcher matcher(*knowledge);
  std::vector<std::pair<std::string, std::string>> lines;
  for (std::string line; std::getline(std::cin, line);) {
    const auto tab = line.find('\t');
    if (tab != std::string::npos) lines.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  std::vector<facts::PersonName> names;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  const double reading = seconds_of([&] {
    for (const auto& [first, second] : lines) {
      if (mode == "pairs") names.push_back(matcher.read(first, Language()));
      names.push_back(matcher.read(second, mode == "pairs" ? Language() : Language(first)));
    }
  });
  const double pairing = seconds_of([&] {
    if (mode == "pile") pairs = facts::candidate_pairs(names);
    for (std::uint32_t i = 0; mode == "pairs" && i < names.size(); i += 2) pairs.emplace_back(i, i + 1);
  });
  std::vector<double> scores;
  const double comparing = seconds_of([&] {
    for (const auto& [i, j] : pairs) scores.push_back(matcher.same_name(names[i], names[j]));
  });
  std::printf("%.3f\t%.3f\n", facts::NameMatcher::same_min, facts::NameMatcher::possible_min);
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    if (mode == "pairs") {
      std::printf("%.3f\n", scores[k]);
    } else if (scores[k] > 0) {
      std::printf("%u\t%u\t%.3f\n", pairs[k].first, pairs[k].second, scores[k]);
    }
  }
  std::fprintf(stderr, "%zu names, %.0f read/s; %zu pairs paired in %.3f s, %.0f compared/s\n", names.size(),
               static_cast<double>(names.size()) / reading, pairs.size(), pairing,
               static_cast<double>(pairs.size()) / comparing);
}
