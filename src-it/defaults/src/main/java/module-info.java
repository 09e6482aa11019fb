/** What the examples of registration have in common. */
module org.mpotr.it.defaults {
  exports org.mpotr.it.defaults;
}
