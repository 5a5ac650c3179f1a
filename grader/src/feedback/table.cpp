#include "table.hpp"

namespace grader::html {
namespace {

// More columns are read on a phone by moving the table, also with the keyboard.
constexpr std::size_t kFitsPhone = 3;

}  // namespace

Table::Table(std::string caption, std::vector<Column> columns)
    : caption_(std::move(caption)), columns_(std::move(columns)) {}

void Table::add(const std::vector<Html>& cells) {
  Html row;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i == 0) {
      row += element("th", cells.at(i), {{"scope", "row"}});
    } else if (columns_[i].number) {
      row += element("td", cells.at(i), {{"class", "number"}});
    } else {
      row += element("td", cells.at(i));
    }
  }
  rows_ += element("tr", row) + Html{"\n"};
}

Html Table::head() const {
  Html row;
  for (const Column& column : columns_) {
    row += column.number ? element("th", column.title,
                                   {{"scope", "col"}, {"class", "number"}})
                         : element("th", column.title, {{"scope", "col"}});
  }
  return element("thead", element("tr", row));
}

Html Table::html() const {
  const Html table =
      element("table", Html{"\n"} + element("caption", caption_) + Html{"\n"} +
                           head() + Html{"\n"} +
                           element("tbody", Html{"\n"} + rows_) + Html{"\n"});
  if (columns_.size() <= kFitsPhone) return table + Html{"\n"};
  return element("div", table,
                 {{"class", "wide"},
                  {"role", "group"},
                  {"tabindex", "0"},
                  {"aria-label", caption_}}) +
         Html{"\n"};
}

}  // namespace grader::html
