package com.example.mail;

class FirstCachedContextTest extends CachedContextTest {}
