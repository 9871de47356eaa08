package com.example.mail;

class SecondCachedContextTest extends CachedContextTest {}
