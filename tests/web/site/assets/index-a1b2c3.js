document.title = "loaded";
const same = ["same", "same", "same", "same", "same", "same", "same", "same", "same"];
