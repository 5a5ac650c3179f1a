#include "ui/suggest.hpp"

#include "support/catch.hpp"

using namespace tito;

TEST_CASE("distance counts swapped neighbours once") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("tset", "test") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest word is suggested, whatever its case") {
  const std::vector<std::string> words = {"list", "test", "start", "status"};
  CHECK(suggest("tset", words) == "test");
  CHECK(suggest("LIST", words) == "list");
  CHECK(suggest("stat", words) == "start");
  CHECK(suggest("tens", {"01_tensor", "tensor"}) == "tensor");
}

TEST_CASE("nothing is suggested for a word that is near to none") {
  CHECK(suggest("xyzzy", {"list", "test"}).empty());
  CHECK(suggest("", {"list", "test"}).empty());
  CHECK(did_you_mean("frobnicate", {"list"}).empty());
  CHECK(did_you_mean("lst", {"list"}) == " Did you mean 'list'?");
}

TEST_CASE("what was typed is no suggestion") {
  CHECK(did_you_mean("--json", {"--json", "--out"}).empty());
  CHECK(did_you_mean("LIST", {"list"}) == " Did you mean 'list'?");
}

TEST_CASE("a very long word costs no time") {
  CHECK(suggest(std::string(1 << 20, 'x'), {"list"}).empty());
}
