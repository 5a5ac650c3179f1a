#include "grader/similarity.hpp"

#include <algorithm>
#include <tuple>

#include "spans.hpp"
#include "winnow.hpp"

namespace grader {
namespace {

/// Which tokens of a text stand in no gram of the common code.
class OwnTokens {
 public:
  /// `grams` are all of the text's, by token.
  OwnTokens(const std::vector<Fingerprint>& grams, const CommonCode& common)
      : before_(grams.empty() ? 1 : grams.back().token + kGramTokens + 1) {
    std::size_t given_until = 0;
    auto gram = grams.begin();
    for (std::size_t token = 0; token + 1 < before_.size(); ++token) {
      if (gram != grams.end() && gram->token == token) {
        if (common.contains(gram->hash)) given_until = token + kGramTokens;
        ++gram;
      }
      before_[token + 1] = before_[token] + (token < given_until ? 0 : 1);
    }
  }

  std::size_t in(const Fingerprint& gram) const {
    return before_[gram.token + kGramTokens] - before_[gram.token];
  }

 private:
  std::vector<std::size_t> before_;  // own tokens before each place
};

/// A student's different hashes.
std::vector<std::uint64_t> distinct(const CodePrint& print) {
  std::vector<std::uint64_t> hashes;
  for (const Fingerprint& one : print.prints) hashes.push_back(one.hash);
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

/// How many hashes each two students share. It walks the students of each
/// hash, never the texts of each pair.
class SharedCounts {
 public:
  explicit SharedCounts(const std::vector<std::vector<std::uint64_t>>& hashes)
      : counts_(hashes.size() * hashes.size()), size_(hashes.size()) {
    std::vector<std::pair<std::uint64_t, std::size_t>> index;
    for (std::size_t i = 0; i < size_; ++i) {
      for (const std::uint64_t hash : hashes[i]) index.emplace_back(hash, i);
    }
    std::sort(index.begin(), index.end());
    for (auto first = index.begin(); first != index.end();) {
      const auto last = std::find_if(first, index.end(), [&](const auto& e) {
        return e.first != first->first;
      });
      for (auto a = first; a != last; ++a) {
        for (auto b = a + 1; b != last; ++b) {
          ++counts_[a->second * size_ + b->second];
        }
      }
      first = last;
    }
  }

  /// Needs left < right.
  std::size_t operator()(std::size_t left, std::size_t right) const {
    return counts_[left * size_ + right];
  }

 private:
  std::vector<std::uint32_t> counts_;
  std::size_t size_;
};

bool more_alike(const SimilarPair& a, const SimilarPair& b) {
  return std::tuple(-a.containment(), -a.jaccard(), b.shared, a.left, a.right) <
         std::tuple(-b.containment(), -b.jaccard(), a.shared, b.left, b.right);
}

std::vector<const CodePrint*> by_student(const std::vector<CodePrint>& prints) {
  std::vector<const CodePrint*> sorted;
  for (const CodePrint& print : prints) sorted.push_back(&print);
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
    return a->student < b->student;
  });
  return sorted;
}

struct Candidate {
  SimilarPair pair;
  const CodePrint *left, *right;
};

std::vector<Candidate> candidates(const std::vector<const CodePrint*>& prints,
                                  const SimilarityOptions& options) {
  std::vector<std::vector<std::uint64_t>> hashes;
  for (const CodePrint* print : prints) hashes.push_back(distinct(*print));
  const SharedCounts shared(hashes);
  std::vector<Candidate> result;
  for (std::size_t i = 0; i < prints.size(); ++i) {
    for (std::size_t j = i + 1; j < prints.size(); ++j) {
      const SimilarPair pair{prints[i]->student, prints[j]->student,
                             shared(i, j),       hashes[i].size(),
                             hashes[j].size(),   {}};
      if (pair.shared < options.least_shared ||
          pair.containment() < options.least_containment) {
        continue;
      }
      result.push_back({pair, prints[i], prints[j]});
    }
  }
  return result;
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double SimilarPair::jaccard() const {
  return share(shared, left_total + right_total - shared);
}

double SimilarPair::containment() const {
  return share(shared, std::min(left_total, right_total));
}

void CommonCode::add(std::string_view text) {
  // All of them: which ones winnowing keeps depends on the code around.
  for (const Fingerprint& gram : grams(text)) hashes_.insert(gram.hash);
}

CodePrint code_print(const std::string& student,
                     const std::map<std::string, std::string>& files,
                     const CommonCode& common) {
  CodePrint print;
  print.student = student;
  for (const auto& [name, text] : files) {
    const auto all = grams(text);
    const OwnTokens own(all, common);
    for (Fingerprint one : winnow(all)) {
      if (own.in(one) < kGramTokens / 2) continue;
      one.file = static_cast<std::uint32_t>(print.files.size());
      print.prints.push_back(one);
    }
    print.files.push_back(name);
  }
  return print;
}

void rename_students(
    std::vector<SimilarityFinding>& findings,
    const std::function<std::string(const std::string&)>& new_name) {
  for (auto& [module, pair] : findings) {
    pair.left = new_name(pair.left);
    pair.right = new_name(pair.right);
    if (pair.left < pair.right) continue;
    std::swap(pair.left, pair.right);
    std::swap(pair.left_total, pair.right_total);
    for (MatchedSpan& span : pair.spans) std::swap(span.left, span.right);
  }
  std::sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) {
    if (a.module != b.module) return a.module < b.module;
    return more_alike(a.pair, b.pair);
  });
}

std::vector<SimilarPair> similar_pairs(const std::vector<CodePrint>& prints,
                                       const SimilarityOptions& options) {
  auto found = candidates(by_student(prints), options);
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return more_alike(a.pair, b.pair);
  });
  found.resize(std::min(found.size(), options.most_pairs));
  std::vector<SimilarPair> pairs;
  for (Candidate& one : found) {
    one.pair.spans = matched_spans(*one.left, *one.right);
    pairs.push_back(std::move(one.pair));
  }
  return pairs;
}

}  // namespace grader
