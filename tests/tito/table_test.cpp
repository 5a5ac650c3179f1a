#include "ui/table.hpp"

#include <sstream>

#include "support/catch.hpp"
#include "ui/text.hpp"

using namespace tito;

namespace {

int widest_line(const std::string& text) {
  int widest = 0;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    widest = std::max(widest, display_width(line));
  }
  return widest;
}

}  // namespace

TEST_CASE("columns are as wide as their widest cell") {
  std::string out;
  const Terminal terminal(&out, 80, false);
  Table table({"", "Name"});
  table.add({{"01"}, {"Tensor"}, {"x"}});
  table.add({{"02"}, {"Activations"}, {"y"}});
  CHECK(table.render(terminal) ==
        "    Name\n01  Tensor       x\n02  Activations  y\n");
}

TEST_CASE("a table never exceeds the terminal") {
  for (const int width : {40, 60, 80}) {
    std::string out;
    const Terminal terminal(&out, width, true);
    Table table;
    table.add({{"01.10", Style::dim},
               {std::string(60, 'a'), Style::bold},
               {"waits for 01.1", Style::warn},
               {std::string(90, 'b')}});
    CHECK(widest_line(table.render(terminal, 2)) <= width);
  }
}

TEST_CASE("blocks shorten the first column alone, and none of the others") {
  std::string out;
  const Terminal terminal(&out, 40, false);
  Table table({"student", "01", "02", "03"});
  table.add({{std::string(30, 'a')}, {"100/100"}, {"87.5/100"}, {"-"}});
  CHECK(table.fits(terminal, 15));
  CHECK_FALSE(table.fits(terminal, 20));
  CHECK(table.render_blocks(terminal, 15) ==
        "student            01       02        03\n"
        "aaaaaaaaaaaaaa...  100/100  87.5/100  -\n");
  CHECK(table.render_blocks(terminal, 20) ==
        "student                01       02\n"
        "aaaaaaaaaaaaaaaaaa...  100/100  87.5/100\n\n"
        "student                         03\n"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  -\n");
  CHECK(widest_line(table.render_blocks(terminal, 20)) <= 40);
}

TEST_CASE("colour appears only where it is wanted") {
  std::string out;
  CHECK(Terminal(&out, 80, false).paint(Style::good, "ok") == "ok");
  CHECK(Terminal(&out, 80, true).paint(Style::good, "ok") ==
        "\x1b[32mok\x1b[0m");
}

TEST_CASE("a bar has its width, whatever the fraction") {
  std::string out;
  const Terminal terminal(&out, 80, false);
  CHECK(terminal.bar(0.5, 12) == "[#####-----]");
  CHECK(terminal.bar(-1, 6) == "[----]");
  CHECK(terminal.bar(7, 6) == "[####]");
  CHECK(terminal.bar(0.0 / 0.0, 6) == "[----]");
}

TEST_CASE("no width is below 40 or above 80") {
  std::string out;
  CHECK(Terminal(&out, 10, false).width() == 40);
  CHECK(Terminal(&out, 500, false).width() == 80);
}
