// What `tito grade similarity --json` writes and `tito grade feedback` reads.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "grader/gradebook/instant.hpp"
#include "grader/similarity.hpp"

namespace grader {
namespace {

using Json = nlohmann::ordered_json;

Json range_json(const LineRange& range) {
  return {{"file", range.file}, {"first", range.first}, {"last", range.last}};
}

LineRange range_from(const Json& json) {
  return {json.at("file").get<std::string>(), json.at("first").get<int>(),
          json.at("last").get<int>()};
}

Json finding_json(const SimilarityFinding& finding) {
  const SimilarPair& pair = finding.pair;
  Json spans = Json::array();
  for (const auto& [left, right] : pair.spans) {
    spans.push_back({{"left", range_json(left)}, {"right", range_json(right)}});
  }
  return {{"module", finding.module},
          {"left", pair.left},
          {"right", pair.right},
          {"containment", pair.containment()},
          {"jaccard", pair.jaccard()},
          {"shared", pair.shared},
          {"left_total", pair.left_total},
          {"right_total", pair.right_total},
          {"spans", spans}};
}

SimilarityFinding finding_from(const Json& json) {
  SimilarityFinding finding;
  finding.module = json.at("module").get<std::string>();
  SimilarPair& pair = finding.pair;
  pair.left = json.at("left").get<std::string>();
  pair.right = json.at("right").get<std::string>();
  pair.shared = json.at("shared").get<std::size_t>();
  pair.left_total = json.at("left_total").get<std::size_t>();
  pair.right_total = json.at("right_total").get<std::size_t>();
  for (const Json& span : json.at("spans")) {
    pair.spans.push_back(
        {range_from(span.at("left")), range_from(span.at("right"))});
  }
  return finding;
}

}  // namespace

std::string to_json_text(const SimilarityReport& report) {
  Json pairs = Json::array();
  for (const SimilarityFinding& finding : report.findings) {
    pairs.push_back(finding_json(finding));
  }
  const Json document = {
      {"note", kSimilarityNote},     {"gram_tokens", kGramTokens},
      {"window", kWindow},           {"submissions", report.submissions},
      {"left_out", report.left_out}, {"pairs", pairs}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

SimilarityReport similarity_from_json(const std::string& text) {
  try {
    const Json document = Json::parse(text);
    SimilarityReport report;
    report.submissions = document.at("submissions").get<std::size_t>();
    report.left_out = document.at("left_out").get<std::vector<std::string>>();
    for (const Json& pair : document.at("pairs")) {
      report.findings.push_back(finding_from(pair));
    }
    return report;
  } catch (const Json::exception& error) {
    throw InputError(fmt::format(
        "this is no list of similar submissions: {}. Write one with: tito "
        "grade similarity DIRECTORY --json > similarity.json",
        error.what()));
  }
}

}  // namespace grader
